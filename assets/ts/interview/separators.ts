// The three lines between panes: dragged by the pointer, moved by the arrow keys, remembered on this device.

import { must } from './dom.ts';
import { afterKey, bounds, clamp, percent, revived, type Bounds } from './panes.ts';

interface Separator {
  readonly name: 'problem' | 'talk' | 'console';
  /** CSS property on the panes that holds the size. */
  readonly property: string;
  readonly grow: 'ArrowRight' | 'ArrowLeft' | 'ArrowUp';
  readonly usual: () => number;
  readonly min: number;
  /** What the neighbours need of the same room. */
  readonly othersMin: () => number;
  readonly room: () => number;
  /** From a pointer position to the size. */
  readonly at: (event: PointerEvent) => number;
}

const WORK_MIN = 460;
const PROBLEM_MIN = 240;
const TALK_MIN = 288;
const EDITOR_MIN = 140;
const CONSOLE_MIN = 96;
const WIDE = '(min-width: 1280px)';

export class Separators {
  private readonly sizes: Record<string, number>;
  private readonly all: Separator[];

  constructor(
    private readonly storageKey: string,
    private readonly onMoved: () => void,
  ) {
    this.sizes = revived(localStorage.getItem(storageKey));
    const panes = must('panes');
    const work = must('work');
    const wide = window.matchMedia(WIDE);
    const width = (id: string) => must(id).getBoundingClientRect().width;
    this.all = [
      {
        name: 'problem', property: '--problem-size', grow: 'ArrowRight', usual: () => 348, min: PROBLEM_MIN,
        room: () => panes.clientWidth, othersMin: () => WORK_MIN + (wide.matches ? width('talk') : 0),
        at: (event) => event.clientX - panes.getBoundingClientRect().left,
      },
      {
        name: 'talk', property: '--talk-size', grow: 'ArrowLeft', usual: () => 348, min: TALK_MIN,
        room: () => panes.clientWidth, othersMin: () => WORK_MIN + width('problem'),
        at: (event) => panes.getBoundingClientRect().right - event.clientX,
      },
      {
        name: 'console', property: '--console-size', grow: 'ArrowUp', usual: () => Math.min(272, work.clientHeight * 0.4), min: CONSOLE_MIN,
        room: () => work.clientHeight, othersMin: () => EDITOR_MIN + must('editor').offsetTop - work.offsetTop,
        at: (event) => work.getBoundingClientRect().bottom - event.clientY,
      },
    ];
    for (const separator of this.all) this.wire(separator);
    window.addEventListener('resize', () => this.drawAll());
    wide.addEventListener('change', () => this.drawAll());
    this.drawAll();
  }

  private wire(separator: Separator): void {
    const line = must(`separator-${separator.name}`);
    line.addEventListener('keydown', (event) => {
      const size = afterKey(event.key, this.size(separator), this.limits(separator), separator.usual(), separator.grow, event.shiftKey);
      if (size === undefined) return;
      event.preventDefault();
      this.set(separator, size);
    });
    line.addEventListener('dblclick', () => this.set(separator, clamp(separator.usual(), this.limits(separator))));
    line.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      line.focus({ preventScroll: true });
      line.setPointerCapture(event.pointerId);
      line.classList.add('dragging');
      const move = (moved: PointerEvent) => this.set(separator, clamp(separator.at(moved), this.limits(separator)));
      line.addEventListener('pointermove', move);
      line.addEventListener('lostpointercapture', () => {
        line.removeEventListener('pointermove', move);
        line.classList.remove('dragging');
      }, { once: true });
    });
  }

  private size(separator: Separator): number {
    return clamp(this.sizes[separator.name] ?? separator.usual(), this.limits(separator));
  }

  private limits(separator: Separator): Bounds {
    return bounds(separator.min, separator.room(), separator.othersMin());
  }

  private set(separator: Separator, size: number): void {
    this.sizes[separator.name] = size;
    localStorage.setItem(this.storageKey, JSON.stringify(this.sizes));
    this.drawAll();
    this.onMoved();
  }

  private drawAll(): void {
    for (const separator of this.all) {
      const size = this.size(separator);
      must('panes').style.setProperty(separator.property, `${size}px`);
      const line = must(`separator-${separator.name}`);
      line.setAttribute('aria-valuenow', String(percent(size, this.limits(separator))));
      line.setAttribute('aria-valuemin', '0');
      line.setAttribute('aria-valuemax', '100');
    }
  }
}
