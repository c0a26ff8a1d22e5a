// Gives every <style> element that the editor makes the nonce of this response, which the policy of the interview page
// asks for (style-src 'self' 'nonce-…'). A classic script: it has to run before any module does.

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? '';
const createElement = Document.prototype.createElement;

Document.prototype.createElement = function (this: Document, tag: string, options?: ElementCreationOptions): HTMLElement {
  const element = createElement.call(this, tag, options);
  if (String(tag).toLowerCase() === 'style') element.nonce = nonce;
  return element;
} as typeof createElement;
