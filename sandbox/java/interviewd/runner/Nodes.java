package interviewd.runner;

import java.util.List;
import java.util.Map;

/** The node classes that a candidate may use without declaring them. Compiled with the code, and only if it lacks its own. */
final class Nodes {
    static final String LIST = """
            public class ListNode {
                public int val;
                public ListNode next;
                public ListNode() {}
                public ListNode(int val) { this.val = val; }
                public ListNode(int val, ListNode next) { this.val = val; this.next = next; }
            }
            """;

    static final String TREE = """
            public class TreeNode {
                public int val;
                public TreeNode left;
                public TreeNode right;
                public TreeNode() {}
                public TreeNode(int val) { this.val = val; }
                public TreeNode(int val, TreeNode left, TreeNode right) { this.val = val; this.left = left; this.right = right; }
            }
            """;

    private Nodes() {}

    /** Nodes of other values than whole numbers hold what the signature says. */
    static void fit(Map<String, String> sources, Map<String, Object> job) {
        fit(sources, Kind.all(job.get("params")));
        fit(sources, Kind.all(job.get("constructor")));
        if (job.get("returns") instanceof String returns) {
            fit(sources, List.of(Kind.parse(returns)));
        }
        if (job.get("methods") instanceof Map<?, ?> methods) {
            for (Object method : methods.values()) {
                fit(sources, Kind.all(((Map<?, ?>) method).get("params")));
                if (((Map<?, ?>) method).get("returns") instanceof String returns) {
                    fit(sources, List.of(Kind.parse(returns)));
                }
            }
        }
    }

    private static void fit(Map<String, String> sources, List<Kind> kinds) {
        for (Kind kind : kinds) {
            for (Kind inner = kind; inner != null; inner = inner.item()) {
                if (inner.name().equals("linked_list")) {
                    sources.put("ListNode", LIST.replace("int val", inner.item().java() + " val"));
                } else if (inner.name().equals("tree")) {
                    sources.put("TreeNode", TREE.replace("int val", inner.item().java() + " val"));
                }
            }
        }
    }
}
