// The list and tree nodes that every exercise may use. A solution that declares its own class of the same name wins
// inside its own code; results are read by their fields, never by their class.

class ListNode {
  constructor(val = 0, next = null) {
    this.val = val;
    this.next = next;
  }
}

class TreeNode {
  constructor(val = 0, left = null, right = null) {
    this.val = val;
    this.left = left;
    this.right = right;
  }
}

// Writable and configurable globals: `class ListNode {}` at the top of a solution must not be a redeclaration.
for (const [name, value] of [['ListNode', ListNode], ['TreeNode', TreeNode]])
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
