//! Small programs and what is read in them. A new fact gets its row here.

use super::told;
use expect_test::{Expect, expect};
use interviewd::insight::analyse;
use interviewd_domain::problem::Language::{self, Java, Javascript, Python};

fn check(language: Language, code: &str, expected: Expect) {
    expected.assert_eq(&told(&analyse(language, code)));
}

#[test]
fn python() {
    let check = |code, expected| check(Python, code, expected);
    check("", expect!["time unknown space unknown"]);
    check(
        "def f(nums):\n    return nums[0]\n",
        expect!["f(nums) | short f@1 | time O(1) space O(1)"],
    );
    check(
        "def total(nums):\n    result = 0\n    for num in nums:\n        result += num\n    return result\n",
        expect!["total(nums) | loop1@3 | time O(n) space O(1)"],
    );
    check(
        "def two_sum(nums, target):\n    seen = {}\n    for i, num in enumerate(nums):\n        if target - num in seen:\n            return [seen[target - num], i]\n        seen[num] = i\n    return []\n",
        expect!["two_sum(nums target) | loop1@3 | Map@2 List@5 | time O(n) space O(n)"],
    );
    check(
        "def two_sum(nums, target):\n    for i in range(len(nums)):\n        for j in range(i + 1, len(nums)):\n            if nums[i] + nums[j] == target:\n                return [i, j]\n",
        expect![
            "two_sum(nums target) | loop1@2 | loop2@3 | List@5 | nests 3@4 | time O(n²) space O(1)"
        ],
    );
    check(
        "def search(nums, target):\n    lo, hi = 0, len(nums) - 1\n    while lo <= hi:\n        mid = (lo + hi) // 2\n        if nums[mid] == target:\n            return mid\n        if nums[mid] < target:\n            lo = mid + 1\n        else:\n            hi = mid - 1\n    return -1\n",
        expect!["search(nums target) | halving1@3 | time O(log n) space O(1)"],
    );
    check(
        "def longest(s):\n    left = best = 0\n    seen = set()\n    for right in range(len(s)):\n        while s[right] in seen:\n            seen.remove(s[left])\n            left += 1\n        seen.add(s[right])\n        best = max(best, right - left + 1)\n    return best\n",
        expect!["longest(s) | loop1@4 | shared2@5 | Set@3 | time O(n) space O(n)"],
    );
    check(
        "def closest(nums):\n    nums.sort()\n    return min(b - a for a, b in zip(nums, nums[1:]))\n",
        expect!["closest(nums) | loop1@3 | sort@[2] | time O(n log n) space O(1)"],
    );
    check(
        "def three_sum(nums):\n    nums.sort()\n    found = []\n    for i in range(len(nums)):\n        left, right = i + 1, len(nums) - 1\n        while left < right:\n            total = nums[i] + nums[left] + nums[right]\n            if total < 0:\n                left += 1\n            else:\n                right -= 1\n            if total == 0:\n                found.append(i)\n    return found\n",
        expect![
            "three_sum(nums) | loop1@4 | loop2@6 | List@3 | sort@[2] | nests 3@8 | time O(n²) space O(1)"
        ],
    );
    check(
        "def fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\n",
        expect!["fib(n) recursive | time O(2ⁿ) space O(n)"],
    );
    check(
        "from functools import lru_cache\n\n@lru_cache(None)\ndef fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\n",
        expect!["fib(n) memoised | time O(n) space O(n)"],
    );
    check(
        "def depth(root):\n    if not root:\n        return 0\n    return 1 + max(depth(root.left), depth(root.right))\n",
        expect!["depth(root) recursive | time O(n) space O(n)"],
    );
    check(
        "def merge_sort(nums):\n    if len(nums) <= 1:\n        return nums\n    mid = len(nums) // 2\n    left = merge_sort(nums[:mid])\n    right = merge_sort(nums[mid:])\n    merged = []\n    i = j = 0\n    while i < len(left) and j < len(right):\n        if left[i] < right[j]:\n            merged.append(left[i])\n            i += 1\n        else:\n            merged.append(right[j])\n            j += 1\n    return merged + left[i:] + right[j:]\n",
        expect!["merge_sort(nums) recursive | loop1@9 | List@7 | time O(n log n) space O(n)"],
    );
    check(
        "def search(nums, target, lo, hi):\n    if lo > hi:\n        return -1\n    mid = (lo + hi) // 2\n    if nums[mid] == target:\n        return mid\n    if nums[mid] < target:\n        return search(nums, target, mid + 1, hi)\n    return search(nums, target, lo, mid - 1)\n",
        expect!["search(nums target lo hi) recursive | time O(log n) space O(log n)"],
    );
    check(
        "from collections import deque\n\ndef bfs(graph, start):\n    seen = {start}\n    queue = deque([start])\n    while queue:\n        node = queue.popleft()\n        for neighbour in graph[node]:\n            if neighbour not in seen:\n                seen.add(neighbour)\n                queue.append(neighbour)\n    return len(seen)\n",
        expect![
            "bfs(graph start) | loop1@6 | shared2@8 | Set@4 Deque@5 List@5 | nests 3@9 | time O(n) space O(n)"
        ],
    );
    check(
        "def islands(grid):\n    rows, cols = len(grid), len(grid[0])\n    def sink(r, c):\n        if r < 0 or c < 0 or r >= rows or c >= cols or grid[r][c] != '1':\n            return\n        grid[r][c] = '0'\n        for dr, dc in [(0, 1), (1, 0), (0, -1), (-1, 0)]:\n            sink(r + dr, c + dc)\n    count = 0\n    for r in range(rows):\n        for c in range(cols):\n            if grid[r][c] == '1':\n                count += 1\n                sink(r, c)\n    return count\n",
        expect![
            "islands(grid) | sink(r c) recursive | fixed1@7 | loop1@10 | loop2@11 | List@7 | nests 3@12 | time O(n²) space O(n)"
        ],
    );
    check(
        "import heapq\n\ndef kth(nums, k):\n    heap = []\n    for num in nums:\n        heapq.heappush(heap, num)\n        if len(heap) > k:\n            heapq.heappop(heap)\n    return heap[0]\n",
        expect!["kth(nums k) | loop1@5 | List@4 Heap@6 | time O(n log n) space O(n)"],
    );
    check(
        "def valid(s):\n    pairs = {')': '(', ']': '['}\n    stack = []\n    for ch in s:\n        if ch in pairs:\n            if not stack or stack.pop() != pairs[ch]:\n                return False\n        else:\n            stack.append(ch)\n    return not stack\n",
        expect!["valid(s) | loop1@4 | Map@2 List@3 | nests 3@6 | time O(n) space O(n)"],
    );
    check(
        "def dedupe(nums):\n    kept = []\n    for num in nums:\n        if num not in kept:\n            kept.append(num)\n    return kept\n",
        expect!["dedupe(nums) | loop1@3 | List@2 | slow in@4 | time O(n²) space O(1)"],
    );
    check(
        "def groups(words):\n    found = {}\n    for word in words:\n        found.setdefault(''.join(sorted(word)), []).append(word)\n    return list(found.values())\n",
        expect!["groups(words) | loop1@3 | Map@2 List@4 | sort@[4] | time O(n² log n) space O(n)"],
    );
    check(
        "def subsets(nums):\n    found = []\n    def walk(start, path):\n        found.append(path[:])\n        for i in range(start, len(nums)):\n            path.append(nums[i])\n            walk(i + 1, path)\n            path.pop()\n    walk(0, [])\n    return found\n",
        expect![
            "subsets(nums) | walk(start path) recursive | loop1@5 | List@2 | time O(2ⁿ) space O(n)"
        ],
    );
    check(
        "def table(n, m):\n    dp = [[0] * m for _ in range(n)]\n    for i in range(1, n):\n        for j in range(1, m):\n            dp[i][j] = dp[i - 1][j] + dp[i][j - 1]\n    return dp[-1][-1]\n",
        expect!["table(n m) | loop1@2 | loop1@3 | loop2@4 | List@2 | time O(n²) space O(n²)"],
    );
    check(
        "def is_even(n):\n    return n == 0 or is_odd(n - 1)\n\ndef is_odd(n):\n    return n != 0 and is_even(n - 1)\n",
        expect!["is_even(n) mutual | is_odd(n) mutual | time unknown space O(n)"],
    );
    check(
        "def f(nums)\n    return nums\n",
        expect!["error 1:1 | time unknown space unknown"],
    );
    check(
        "def messy(nums, extra):\n    q = 0\n    leftOver = 37\n    for num in nums:\n        print(num)\n        q = q + num * 42\n        if num > 97:\n            return q\n            q = 1\n    return q\n",
        expect![
            "messy(nums extra) | loop1@4 | short q@2 | unreachable 9 | unused Parameter:extra@1 Variable:leftOver@3 | magic 42@6 97@7 | print 5 | time O(n) space O(1)"
        ],
    );
    check(
        "def deep(a):\n    for x in a:\n        if x:\n            for y in x:\n                if y:\n                    return y\n",
        expect!["deep(a) | loop1@2 | loop2@4 | nests 4@5 | time O(n²) space O(1)"],
    );
    check(
        "class Stack:\n    def __init__(self):\n        self.items = []\n\n    def push(self, item):\n        self.items.append(item)\n\n    def pop(self):\n        return self.items.pop()\n",
        expect!["__init__(self) | push(self item) | pop(self) | List@3 | time O(1) space O(1)"],
    );
    check(
        "def digits(n):\n    total = 0\n    while n:\n        total += n % 10\n        n //= 10\n    return total\n",
        expect!["digits(n) | halving1@3 | time O(log n) space O(1)"],
    );
    check(
        "def next_greater(nums):\n    answer = [-1] * len(nums)\n    stack = []\n    for i, num in enumerate(nums):\n        while stack and nums[stack[-1]] < num:\n            answer[stack.pop()] = num\n        stack.append(i)\n    return answer\n",
        expect!["next_greater(nums) | loop1@4 | shared2@5 | List@2 | time O(n) space O(n)"],
    );
    check(
        "def twice(a, b):\n    total = 0\n    for x in a:\n        total += x\n        total *= 2\n        total -= 1\n        total %= 7\n    for x in b:\n        total += x\n        total *= 2\n        total -= 1\n        total %= 7\n    return total\n",
        expect![
            "twice(a b) | loop1@3 | loop1@8 | magic 7@7 7@12 | twice (4, 7)=(9, 12) | time O(n) space O(1)"
        ],
    );
    check(
        "def squares(nums):\n    return [num * num for num in nums]\n",
        expect!["squares(nums) | loop1@2 | List@2 | time O(n) space O(1)"],
    );
}

#[test]
fn javascript() {
    let check = |code, expected| check(Javascript, code, expected);
    check(
        "function twoSum(nums, target) {\n  const seen = new Map();\n  for (let i = 0; i < nums.length; i++) {\n    const other = target - nums[i];\n    if (seen.has(other)) return [seen.get(other), i];\n    seen.set(nums[i], i);\n  }\n  return [];\n}\n",
        expect!["twoSum(nums target) | loop1@3 | Map@2 List@5 | time O(n) space O(n)"],
    );
    check(
        "function pairs(nums) {\n  let found = 0;\n  for (let i = 0; i < nums.length; i++) {\n    for (let j = i + 1; j < nums.length; j++) {\n      if (nums[i] === nums[j]) found++;\n    }\n  }\n  return found;\n}\n",
        expect!["pairs(nums) | loop1@3 | loop2@4 | nests 3@5 | time O(n²) space O(1)"],
    );
    check(
        "const total = (nums) => nums.reduce((sum, num) => sum + num, 0);\n",
        expect!["total(nums) | loop1@1 | time O(n) space O(1)"],
    );
    check(
        "function search(nums, target) {\n  let lo = 0, hi = nums.length - 1;\n  while (lo <= hi) {\n    const mid = Math.floor((lo + hi) / 2);\n    if (nums[mid] === target) return mid;\n    if (nums[mid] < target) lo = mid + 1;\n    else hi = mid - 1;\n  }\n  return -1;\n}\n",
        expect!["search(nums target) | halving1@3 | time O(log n) space O(1)"],
    );
    check(
        "function longest(s) {\n  const seen = new Set();\n  let left = 0, best = 0;\n  for (let right = 0; right < s.length; right++) {\n    while (seen.has(s[right])) {\n      seen.delete(s[left]);\n      left++;\n    }\n    seen.add(s[right]);\n    best = Math.max(best, right - left + 1);\n  }\n  return best;\n}\n",
        expect!["longest(s) | loop1@4 | shared2@5 | Set@2 | time O(n) space O(n)"],
    );
    check(
        "function sorted(nums) {\n  return [...nums].sort((a, b) => a - b);\n}\n",
        expect!["sorted(nums) | List@2 | sort@[2] | time O(n log n) space O(1)"],
    );
    check(
        "function unique(nums) {\n  const kept = [];\n  nums.forEach((num) => {\n    if (!kept.includes(num)) kept.push(num);\n  });\n  return kept;\n}\n",
        expect!["unique(nums) | loop1@3 | List@2 | slow includes@4 | time O(n²) space O(1)"],
    );
    check(
        "function depth(root) {\n  if (!root) return 0;\n  return 1 + Math.max(depth(root.left), depth(root.right));\n}\n",
        expect!["depth(root) recursive | time O(n) space O(n)"],
    );
    check(
        "function reverse(head) {\n  let previous = null;\n  while (head) {\n    const next = head.next;\n    head.next = previous;\n    previous = head;\n    head = next;\n  }\n  return previous;\n}\n",
        expect!["reverse(head) | loop1@3 | time O(n) space O(1)"],
    );
    check(
        "function climb(n, memo = {}) {\n  if (n <= 2) return n;\n  if (memo[n]) return memo[n];\n  memo[n] = climb(n - 1, memo) + climb(n - 2, memo);\n  return memo[n];\n}\n",
        expect!["climb(n memo) memoised | Map@1 | time O(n) space O(n)"],
    );
    check(
        "function levels(root) {\n  const queue = [root];\n  const answer = [];\n  while (queue.length) {\n    const size = queue.length;\n    const level = [];\n    for (let i = 0; i < size; i++) {\n      const node = queue.shift();\n      level.push(node.val);\n      if (node.left) queue.push(node.left);\n      if (node.right) queue.push(node.right);\n    }\n    answer.push(level);\n  }\n  return answer;\n}\n",
        expect!["levels(root) | loop1@4 | shared2@7 | List@2 | nests 3@10 | time O(n) space O(n)"],
    );
    check(
        "function window(s, k) {\n  const counts = new Map();\n  let left = 0;\n  for (let right = 0; right < s.length; right++) {\n    counts.set(s[right], (counts.get(s[right]) ?? 0) + 1);\n    while (counts.get(s[right]) > k) {\n      counts.set(s[left], counts.get(s[left]) - 1);\n      left++;\n    }\n  }\n  return left;\n}\n",
        expect!["window(s k) | loop1@4 | shared2@6 | Map@2 | time O(n) space O(n)"],
    );
    check(
        "function nested(nums) {\n  const out = [];\n  let k = 0;\n  for (let i = 0; i < nums.length; i++) {\n    let j = i;\n    while (j < nums.length) {\n      out[k] = nums[j];\n      k++;\n      j++;\n    }\n  }\n  return out;\n}\n",
        expect!["nested(nums) | loop1@4 | loop2@6 | List@2 | time O(n²) space O(1)"],
    );
    check(
        "function broken(nums) {\n  return nums[;\n}\n",
        expect!["error 2:14 | broken(nums) | time unknown space unknown"],
    );
    check(
        "function leftovers(nums, other) {\n  const unused = 5;\n  console.log(nums);\n  let q = nums.length * 37;\n  q = q + 55;\n  return q;\n}\n",
        expect![
            "leftovers(nums other) | short q@4 | unused Parameter:other@1 Variable:unused@2 | magic 37@4 55@5 | print 3 | time O(1) space O(1)"
        ],
    );
    check(
        "class Counter {\n  constructor() {\n    this.counts = new Map();\n  }\n  hit(key) {\n    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);\n  }\n}\n",
        expect!["constructor() | hit(key) | Map@3 | time O(1) space O(1)"],
    );
}

#[test]
fn java() {
    let check = |code, expected| check(Java, code, expected);
    check(
        "class Solution {\n    public int[] twoSum(int[] nums, int target) {\n        Map<Integer, Integer> seen = new HashMap<>();\n        for (int i = 0; i < nums.length; i++) {\n            Integer other = seen.get(target - nums[i]);\n            if (other != null) return new int[] {other, i};\n            seen.put(nums[i], i);\n        }\n        return new int[0];\n    }\n}\n",
        expect!["twoSum(nums target) | loop1@4 | Map@3 List@6 | time O(n) space O(n)"],
    );
    check(
        "class Solution {\n    int pairs(int[] nums) {\n        int found = 0;\n        for (int a : nums) {\n            for (int b : nums) {\n                if (a == b) found++;\n            }\n        }\n        return found;\n    }\n}\n",
        expect!["pairs(nums) | loop1@4 | loop2@5 | nests 3@6 | time O(n²) space O(1)"],
    );
    check(
        "class Solution {\n    int kth(int[] nums, int k) {\n        PriorityQueue<Integer> heap = new PriorityQueue<>();\n        for (int num : nums) {\n            heap.add(num);\n            if (heap.size() > k) heap.poll();\n        }\n        return heap.peek();\n    }\n}\n",
        expect!["kth(nums k) | loop1@4 | Heap@3 | time O(n log n) space O(n)"],
    );
    check(
        "class Solution {\n    int closest(int[] nums) {\n        Arrays.sort(nums);\n        int best = Integer.MAX_VALUE;\n        for (int i = 1; i < nums.length; i++) best = Math.min(best, nums[i] - nums[i - 1]);\n        return best;\n    }\n}\n",
        expect!["closest(nums) | loop1@5 | sort@[3] | time O(n log n) space O(1)"],
    );
    check(
        "class Solution {\n    int fib(int n) {\n        if (n < 2) return n;\n        return fib(n - 1) + fib(n - 2);\n    }\n}\n",
        expect!["fib(n) recursive | time O(2ⁿ) space O(n)"],
    );
    check(
        "class Solution {\n    int depth(TreeNode root) {\n        return root == null ? 0 : 1 + Math.max(depth(root.left), depth(root.right));\n    }\n}\n",
        expect!["depth(root) recursive | time O(n) space O(n)"],
    );
    check(
        "class Solution {\n    int steps(int n, int m) {\n        int[][] table = new int[n][m];\n        for (int i = 0; i < n; i++)\n            for (int j = 0; j < m; j++)\n                table[i][j] = i + j;\n        return table[n - 1][m - 1];\n    }\n}\n",
        expect!["steps(n m) | loop1@4 | loop2@5 | List@3 | time O(n²) space O(n²)"],
    );
    check(
        "class Solution {\n    int halve(int n) {\n        int steps = 0;\n        while (n > 1) {\n            n /= 2;\n            steps++;\n        }\n        System.out.println(steps);\n        return steps;\n    }\n}\n",
        expect!["halve(n) | halving1@4 | print 8 | time O(log n) space O(1)"],
    );
    check(
        "class Solution {\n    int broken(int n) {\n        return n +;\n    }\n}\n",
        expect!["error 3:19 | broken(n) | time unknown space unknown"],
    );
}
