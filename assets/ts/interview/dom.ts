// The few things that every part of the page does with the document.

/** The element that the template promises; a missing one is our mistake and stops the page. */
export function must<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as E;
}

type Content = Node | string | undefined;

/** `make('td', 'name', text)`: an element with classes and content; strings become text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, classes = '', ...content: Content[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (classes !== '') element.className = classes;
  element.append(...content.filter((part) => part !== undefined));
  return element;
}

/** A copy of an icon that the template holds as `<template id="icon-…">`. */
export function icon(name: string): Node {
  const holder = document.getElementById(`icon-${name}`);
  return holder instanceof HTMLTemplateElement ? holder.content.cloneNode(true) : document.createTextNode('');
}

const ANNOUNCED_MS = 10_000;

/** Says something to people who listen to the page instead of looking at it; two things at once are both said. */
export function announce(text: string): void {
  const line = make('p', '', text);
  must('announcer').append(line);
  window.setTimeout(() => line.remove(), ANNOUNCED_MS);
}
