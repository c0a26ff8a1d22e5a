// Native dialogs: a button opens one, a form may ask one before it is sent.

export function install(): void {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-open]');
    if (button) find(button.dataset['open'])?.showModal();
  });

  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const dialog = find(form.dataset['confirm']);
    if (!dialog || event.defaultPrevented) return;
    event.preventDefault();
    dialog.returnValue = '';
    dialog.addEventListener('close', () => dialog.returnValue === 'confirm' && form.submit(), { once: true });
    dialog.showModal();
  });

  // A click on what lies behind closes, like the Escape key.
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLDialogElement)) return;
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close('cancel');
  });
}

function find(id: string | undefined): HTMLDialogElement | undefined {
  const element = id === undefined ? null : document.getElementById(id);
  return element instanceof HTMLDialogElement ? element : undefined;
}
