package interviewd.runner;

import java.util.ArrayList;
import java.util.List;

/** A type as the job names it: {@code int}, {@code int[][]}, {@code linked_list<int>[]}. */
record Kind(String name, Kind item) {
    private static final Kind ANYTHING = new Kind("json", null);

    static Kind parse(String text) {
        if (text == null) {
            return ANYTHING;
        }
        if (text.endsWith("[]")) {
            return new Kind("array", parse(text.substring(0, text.length() - 2)));
        }
        for (String node : List.of("linked_list", "tree")) {
            if (text.startsWith(node + "<") && text.endsWith(">")) {
                return new Kind(node, parse(text.substring(node.length() + 1, text.length() - 1)));
            }
        }
        return new Kind(text, null);
    }

    static List<Kind> all(Object texts) {
        List<Kind> kinds = new ArrayList<>();
        if (texts instanceof List<?> list) {
            for (Object text : list) {
                kinds.add(parse((String) text));
            }
        }
        return kinds;
    }

    boolean isVoid() {
        return name.equals("void");
    }

    /** As the starter code writes it. */
    String java() {
        return switch (name) {
            case "int" -> "int";
            case "float" -> "double";
            case "bool" -> "boolean";
            case "string" -> "String";
            case "array" -> item.java() + "[]";
            case "linked_list" -> "ListNode";
            case "tree" -> "TreeNode";
            default -> "Object";
        };
    }
}
