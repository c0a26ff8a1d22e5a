package interviewd.runner;

/** Programs of our own, in the style of what candidates write, compiled and run while there is nothing else to do. */
final class WarmUp {
    private static final String FUNCTION = """
            import java.util.*;
            import java.util.stream.*;

            class Solution {
                private record Entry(String word, int count) {}

                public List<String> mostFrequent(String[] words, int[] numbers, int k) {
                    Map<String, Integer> counts = new HashMap<>();
                    for (String word : words) counts.merge(word, 1, Integer::sum);
                    PriorityQueue<Entry> queue = new PriorityQueue<>((a, b) -> a.count() != b.count() ? b.count() - a.count() : a.word().compareTo(b.word()));
                    for (Map.Entry<String, Integer> entry : counts.entrySet()) queue.add(new Entry(entry.getKey(), entry.getValue()));
                    Deque<Integer> stack = new ArrayDeque<>();
                    Set<Integer> seen = new HashSet<>();
                    int[][] table = new int[numbers.length + 1][numbers.length + 1];
                    for (int i = 0; i < numbers.length; i++) {
                        while (!stack.isEmpty() && numbers[stack.peek()] < numbers[i]) stack.pop();
                        stack.push(i);
                        if (seen.add(numbers[i])) table[i + 1][i + 1] = Math.max(table[i][i], numbers[i]);
                    }
                    Arrays.sort(numbers);
                    StringBuilder text = new StringBuilder();
                    for (char letter : words[0].toCharArray()) if (Character.isLetter(letter)) text.append(letter);
                    List<Integer> squares = Arrays.stream(numbers).boxed().map(n -> n * n).sorted(Comparator.reverseOrder()).collect(Collectors.toList());
                    System.out.println(text + " " + squares + " " + stack.size());
                    List<String> result = new ArrayList<>();
                    while (!queue.isEmpty() && result.size() < k) result.add(queue.poll().word());
                    return result;
                }
            }
            """;
    private static final String FUNCTION_JOB = ",\"kind\":\"function\",\"entry\":\"mostFrequent\",\"params\":[\"string[]\",\"int[]\",\"int\"],"
            + "\"returns\":\"string[]\",\"args\":[[\"b\",\"a\",\"b\"],[3,1,2],1]}";

    private static final String NODES = """
            class Solution {
                public ListNode reverse(ListNode head, TreeNode root) {
                    ListNode behind = null;
                    while (head != null) {
                        ListNode next = head.next;
                        head.next = behind;
                        behind = head;
                        head = next;
                    }
                    return new ListNode(depth(root), behind);
                }

                private int depth(TreeNode node) {
                    return node == null ? 0 : 1 + Math.max(depth(node.left), depth(node.right));
                }
            }
            """;
    private static final String NODES_JOB = ",\"kind\":\"function\",\"entry\":\"reverse\",\"params\":[\"linked_list<int>\",\"tree<int>\"],"
            + "\"returns\":\"linked_list<int>\",\"args\":[[1,2,3],[1,null,2]]}";

    private static final String CLASS = """
            import java.util.*;

            class Desk {
                private final int size;
                private final Map<String, Deque<Integer>> places = new TreeMap<>();
                private final LinkedHashMap<Integer, String> recent = new LinkedHashMap<>();

                public Desk(int size) { this.size = size; }

                public boolean take(String name, int place) {
                    if (place >= size) return false;
                    places.computeIfAbsent(name, key -> new ArrayDeque<>()).addLast(place);
                    return recent.put(place, name) == null;
                }

                public int last(String name) {
                    Deque<Integer> own = places.get(name);
                    if (own == null || own.isEmpty()) throw new IllegalStateException("nobody");
                    return own.peekLast();
                }
            }
            """;
    private static final String CLASS_JOB = ",\"kind\":\"class\",\"entry\":\"Desk\",\"constructor\":[\"int\"],\"methods\":{\"take\":{\"params\":[\"string\",\"int\"],\"returns\":\"bool\"},"
            + "\"last\":{\"params\":[\"string\"],\"returns\":\"int\"}},\"operations\":[\"Desk\",\"take\",\"last\",\"last\"],\"arguments\":[[4],[\"a\",1],[\"a\"],[\"b\"]]}";

    private static final String PROGRAM = """
            import java.io.*;
            import java.util.*;

            public class Main {
                public static void main(String[] args) throws IOException {
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                    Scanner first = new Scanner(in.readLine());
                    long sum = first.nextInt();
                    String line;
                    while ((line = in.readLine()) != null) {
                        for (String part : line.trim().split("\\\\s+")) sum += Long.parseLong(part);
                    }
                    System.out.printf("%d %.2f%n", sum, sum / 2.0);
                }
            }
            """;
    private static final String PROGRAM_JOB = ",\"kind\":\"program\",\"stdin\":\"3\\n1 2 3\\n4 5\\n\"}";

    private static final String WRONG = "class Solution {\n    public int one(int[] a) {\n        return a.size() + missing;\n    }\n}\n";
    private static final String WRONG_JOB = ",\"kind\":\"function\",\"entry\":\"one\",\"params\":[\"int[]\"],\"returns\":\"int\",\"args\":[[1]]}";

    private static final String[][] JOBS = {
        {FUNCTION, FUNCTION_JOB}, {NODES, NODES_JOB}, {CLASS, CLASS_JOB}, {PROGRAM, PROGRAM_JOB}, {WRONG, WRONG_JOB},
    };

    private WarmUp() {}

    /** The first round is all of them once, for what is only loaded at first use. */
    static void round(Guest guest, int round) {
        Output.silent = true;
        try {
            if (round == 0) {
                for (String[] job : JOBS) {
                    perform(guest, job);
                }
            } else {
                perform(guest, JOBS[(round - 1) % 4]);
            }
        } finally {
            Output.silent = false;
        }
    }

    private static void perform(Guest guest, String[] job) {
        StringBuilder text = new StringBuilder("{\"source\":");
        Json.quote(text, job[0]);
        guest.forget();
        guest.perform(text.append(job[1]).toString());
    }
}
