// Times in the reader's own zone: `<time datetime="…Z" data-local="day|minute">` arrives in UTC and is rewritten.

export type Precision = 'day' | 'minute';

/** `22 November 2026`, or with the minute `22 November 2026, 19:10`; nothing for what is not a time. */
export function localText(iso: string, precision: Precision, zone?: string): string | undefined {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return undefined;
  const options = zone === undefined ? {} : { timeZone: zone };
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', ...options }).format(moment);
  if (precision === 'day') return day;
  return `${day}, ${new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...options }).format(moment)}`;
}

export function install(): void {
  rewrite(document);
  document.addEventListener('htmx:load', (event) => rewrite(event.target as Element));
}

function rewrite(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time[data-local]')) {
    const text = localText(element.dateTime, element.dataset['local'] === 'minute' ? 'minute' : 'day');
    if (text === undefined) continue;
    element.title = element.textContent;
    element.textContent = text;
    delete element.dataset['local'];
  }
}
