// Last in the realm: the few things that the harness and guest.c need from it.

return {
  moduleSource,
  ListNode,
  TreeNode,
  objectPrototype: Object.prototype,
  setStdin: text => { stdin = text; },
  writeError: text => { write(2, text); },
  moduleExports: () => globalThis.module?.exports,
  exitCode: () => globalThis.process?.exitCode,
};
