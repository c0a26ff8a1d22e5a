package interviewd.runner;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.Vector;

/** Arguments: JSON to whatever the candidate's parameter is declared as. Results: back to JSON, as the job's types say. */
final class Values {
    private static final int NESTING_MAX = 500;
    private static final int NODES_MAX = 1_000_000;
    private static final int REPLY_CHARS_MAX = 16 << 20;

    /** A result that has no JSON form; the message continues "`name` …". */
    static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwritable(String message) {
            super(message, null, false, false);
        }
    }

    private Values() {}

    // ---- arguments ----

    static Object[] decode(Executable target, List<Kind> kinds, List<?> values, String name, Job.Loader loader)
            throws ReflectiveOperationException {
        Type[] types = target.getGenericParameterTypes();
        // Of an inner class's constructor the generic list lacks the hidden parameters.
        if (types.length != target.getParameterCount()) {
            types = target.getParameterTypes();
        }
        Object[] arguments = new Object[values.size()];
        for (int i = 0; i < arguments.length; i++) {
            Kind kind = i < kinds.size() ? kinds.get(i) : Kind.parse(null);
            try {
                arguments[i] = decode(types[i], kind, values.get(i));
            } catch (Misfit misfit) {
                throw new Job.Refused("Parameter " + (i + 1) + " of `" + name + "` is declared as `" + types[i].getTypeName()
                        + "`, where " + misfit.getMessage() + ". The starter code declares it as `" + kind.java() + "`.");
            }
        }
        return arguments;
    }

    /** How many parameters are declared as the starter code does. */
    static int fit(Executable target, List<Kind> kinds) {
        int fitting = 0;
        Class<?>[] types = target.getParameterTypes();
        for (int i = 0; i < types.length && i < kinds.size(); i++) {
            fitting += types[i].getSimpleName().equals(kinds.get(i).java()) ? 1 : 0;
        }
        return fitting;
    }

    private static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misfit(String message) {
            super(message, null, false, false);
        }
    }

    private static Object decode(Type type, Kind kind, Object value) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type[] inner = generic.getActualTypeArguments();
            return decodeClass((Class<?>) generic.getRawType(), inner, kind, value);
        }
        if (type instanceof GenericArrayType array) {
            return array(array.getGenericComponentType(), raw(array.getGenericComponentType()), kind, value);
        }
        if (type instanceof WildcardType || type instanceof TypeVariable) {
            return natural(kind, value);
        }
        return decodeClass((Class<?>) type, new Type[0], kind, value);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        return Object.class;
    }

    private static Object decodeClass(Class<?> type, Type[] inner, Kind kind, Object value) throws ReflectiveOperationException {
        if (type == int.class || type == Integer.class) {
            if (value instanceof Long whole && whole == whole.intValue()) {
                return whole.intValue();
            }
        } else if (type == long.class || type == Long.class) {
            if (value instanceof Long) {
                return value;
            }
        } else if (type == double.class || type == Double.class) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
        } else if (type == float.class || type == Float.class) {
            if (value instanceof Number number) {
                return number.floatValue();
            }
        } else if (type == boolean.class || type == Boolean.class) {
            if (value instanceof Boolean) {
                return value;
            }
        } else if (type == char.class || type == Character.class) {
            if (value instanceof String text && text.length() == 1) {
                return text.charAt(0);
            }
        } else if (type == short.class || type == Short.class) {
            if (value instanceof Long whole && whole == whole.shortValue()) {
                return whole.shortValue();
            }
        } else if (type == byte.class || type == Byte.class) {
            if (value instanceof Long whole && whole == whole.byteValue()) {
                return whole.byteValue();
            }
        } else if (type == String.class || type == CharSequence.class) {
            if (value instanceof String || value == null) {
                return value;
            }
        } else if (type == Object.class || type == Number.class) {
            return natural(kind, value);
        } else if (type == BigInteger.class) {
            if (value instanceof Long || value instanceof BigInteger) {
                return new BigInteger(value.toString());
            }
        } else if (kind.name().equals("linked_list") && value instanceof List<?> items && !type.isArray() && !Collection.class.isAssignableFrom(type)) {
            return new NodeType(type, "next").list(kind.item(), items);
        } else if (kind.name().equals("tree") && value instanceof List<?> items && !type.isArray()) {
            return new NodeType(type, "left", "right").tree(kind.item(), items);
        } else if (type.isArray()) {
            return array(type.getComponentType(), type.getComponentType(), kind, value);
        } else if (value instanceof List<?> items && (Iterable.class.isAssignableFrom(type))) {
            return collection(type, inner.length == 1 ? inner[0] : Object.class, kind, items);
        } else if (value instanceof Map<?, ?> fields && type.isAssignableFrom(LinkedHashMap.class)) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                map.put(field.getKey(), decode(inner.length == 2 ? inner[1] : Object.class, Kind.parse(null), field.getValue()));
            }
            return map;
        }
        if (value == null && !type.isPrimitive()) {
            return null;
        }
        throw new Misfit(described(value) + " is passed");
    }

    private static Object array(Type component, Class<?> plain, Kind kind, Object value) throws ReflectiveOperationException {
        if (value == null) {
            return null;
        }
        if (plain == char.class && value instanceof String text) {
            return text.toCharArray();
        }
        if (!(value instanceof List<?> items)) {
            throw new Misfit(described(value) + " is passed");
        }
        Kind item = kind.item() == null ? Kind.parse(null) : kind.item();
        if (plain == int.class) {
            int[] numbers = new int[items.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (Integer) decodeClass(int.class, null, item, items.get(i));
            }
            return numbers;
        }
        Object array = Array.newInstance(plain, items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, decode(component, item, items.get(i)));
        }
        return array;
    }

    private static Object collection(Class<?> type, Type inner, Kind kind, List<?> items) throws ReflectiveOperationException {
        Kind item = kind.item() == null ? Kind.parse(null) : kind.item();
        List<Object> values = new ArrayList<>(items.size());
        for (Object one : items) {
            values.add(decode(inner, item, one));
        }
        if (type.isAssignableFrom(ArrayList.class)) {
            return values;
        }
        if (type.isAssignableFrom(LinkedHashSet.class)) {
            return new LinkedHashSet<>(values);
        }
        if (type.isAssignableFrom(LinkedList.class)) {
            return new LinkedList<>(values);
        }
        if (type.isAssignableFrom(ArrayDeque.class)) {
            return new ArrayDeque<>(values);
        }
        if (type.isAssignableFrom(TreeSet.class)) {
            return new TreeSet<>(values);
        }
        if (type == PriorityQueue.class) {
            return new PriorityQueue<>(values);
        }
        if (type.isAssignableFrom(Vector.class)) {
            return new Vector<>(values);
        }
        throw new Misfit("a list is passed");
    }

    /** For parameters that are declared as Object. */
    private static Object natural(Kind kind, Object value) throws ReflectiveOperationException {
        if (value instanceof Long whole) {
            if (kind.name().equals("float")) {
                return (double) whole;
            }
            return whole == whole.intValue() ? (Object) whole.intValue() : whole;
        }
        if (value instanceof List<?> items) {
            return collection(ArrayList.class, Object.class, kind, items);
        }
        if (value instanceof Map<?, ?> fields) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                map.put(field.getKey(), natural(Kind.parse(null), field.getValue()));
            }
            return map;
        }
        return value;
    }

    private static String described(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Boolean) {
            return "a truth value";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return "the number " + value;
    }

    /** How nodes of a class are made: whatever class the parameter is declared as, ours or the candidate's own. */
    private static final class NodeType {
        private final Class<?> type;
        private final Field val;
        private final Field[] links;
        private final Constructor<?> constructor;

        NodeType(Class<?> type, String... links) {
            this.type = type;
            try {
                val = field(type, "val");
                this.links = new Field[links.length];
                for (int i = 0; i < links.length; i++) {
                    this.links[i] = field(type, links[i]);
                }
            } catch (NoSuchFieldException error) {
                throw new Misfit("a node with the fields `val` and `" + String.join("`, `", links) + "` is needed");
            }
            Constructor<?> best = null;
            for (Constructor<?> one : type.getDeclaredConstructors()) {
                if (best == null || one.getParameterCount() < best.getParameterCount()) {
                    best = one;
                }
            }
            if (best == null) {
                throw new Misfit("a class that can be made is needed");
            }
            constructor = best;
            constructor.setAccessible(true);
        }

        private static Field field(Class<?> type, String name) throws NoSuchFieldException {
            for (Class<?> one = type; one != null; one = one.getSuperclass()) {
                try {
                    Field field = one.getDeclaredField(name);
                    field.setAccessible(true);
                    return field;
                } catch (NoSuchFieldException inherited) {
                    // Perhaps its superclass has it.
                }
            }
            throw new NoSuchFieldException(name);
        }

        Object make(Kind item, Object json) throws ReflectiveOperationException {
            Object value = decode(val.getGenericType(), item, json);
            Class<?>[] wanted = constructor.getParameterTypes();
            Object[] arguments = new Object[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                arguments[i] = i == 0 ? value : wanted[i].isPrimitive() ? Array.get(Array.newInstance(wanted[i], 1), 0) : null;
            }
            try {
                Object node = constructor.newInstance(arguments);
                if (wanted.length == 0) {
                    val.set(node, value);
                }
                return node;
            } catch (InstantiationException | IllegalArgumentException | IllegalAccessException error) {
                throw new Misfit("a class `" + type.getSimpleName() + "` that can be made from a value is needed");
            }
        }

        Object list(Kind item, List<?> values) throws ReflectiveOperationException {
            Object head = null;
            Object last = null;
            for (Object value : values) {
                Object node = make(item, value);
                if (head == null) {
                    head = node;
                } else {
                    links[0].set(last, node);
                }
                last = node;
            }
            return head;
        }

        /** Level order with nulls for missing children: [1, null, 2, 3]. */
        Object tree(Kind item, List<?> values) throws ReflectiveOperationException {
            if (values.isEmpty() || values.get(0) == null) {
                return null;
            }
            Object root = make(item, values.get(0));
            Deque<Object> parents = new ArrayDeque<>(List.of(root));
            int at = 1;
            while (at < values.size() && !parents.isEmpty()) {
                Object parent = parents.poll();
                for (int side = 0; side < 2 && at < values.size(); side++, at++) {
                    if (values.get(at) != null) {
                        Object child = make(item, values.get(at));
                        links[side].set(parent, child);
                        parents.add(child);
                    }
                }
            }
            return root;
        }
    }

    // ---- results ----

    /** @throws Unwritable with a sentence for the candidate */
    static String encode(Kind kind, Object value) throws InvocationTargetException {
        Writer writer = new Writer();
        try {
            writer.typed(kind, value, 0);
        } catch (Unwritable | OutOfMemoryError error) {
            throw error;
        } catch (Throwable error) {
            // The candidate's own collections may do what they like.
            throw new InvocationTargetException(error);
        }
        return writer.out.toString();
    }

    private static final class Writer {
        private final StringBuilder out = new StringBuilder();
        private final Map<Class<?>, Field[]> fields = new HashMap<>();

        private void grown() {
            if (out.length() > REPLY_CHARS_MAX) {
                throw new Unwritable("returned a value that is longer than 16 MB as JSON");
            }
        }

        void typed(Kind kind, Object value, int depth) throws Exception {
            switch (kind.name()) {
                case "linked_list" -> list(kind.item(), value, depth);
                case "tree" -> tree(kind.item(), value, depth);
                case "array" -> {
                    if (value instanceof Collection<?> items) {
                        sequence(kind.item(), items, depth);
                    } else if (value != null && value.getClass().isArray()) {
                        array(kind.item(), value, depth);
                    } else {
                        any(value, depth);
                    }
                }
                default -> any(value, depth);
            }
            grown();
        }

        private void deeper(int depth) {
            if (depth > NESTING_MAX) {
                throw new Unwritable("returned a value that is nested deeper than " + NESTING_MAX + " levels, or contains itself");
            }
        }

        private void sequence(Kind item, Iterable<?> items, int depth) throws Exception {
            deeper(depth);
            out.append('[');
            boolean first = true;
            for (Object value : items) {
                if (!first) {
                    out.append(',');
                }
                first = false;
                typed(item, value, depth + 1);
            }
            out.append(']');
        }

        private void array(Kind item, Object array, int depth) throws Exception {
            if (array instanceof int[] numbers) {
                out.append('[');
                for (int i = 0; i < numbers.length; i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    out.append(numbers[i]);
                    if ((i & 0xffff) == 0) {
                        grown();
                    }
                }
                out.append(']');
                return;
            }
            int length = Array.getLength(array);
            deeper(depth);
            out.append('[');
            for (int i = 0; i < length; i++) {
                if (i > 0) {
                    out.append(',');
                }
                typed(item, Array.get(array, i), depth + 1);
            }
            out.append(']');
        }

        private void any(Object value, int depth) throws Exception {
            Kind anything = Kind.parse(null);
            if (value == null) {
                out.append("null");
            } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long || value instanceof Short
                    || value instanceof Byte || value instanceof BigInteger) {
                out.append(value);
            } else if (value instanceof Double || value instanceof Float) {
                number(((Number) value).doubleValue(), value.toString());
            } else if (value instanceof String || value instanceof Character || value instanceof StringBuilder || value instanceof StringBuffer) {
                String text = value.toString();
                if (text.length() > REPLY_CHARS_MAX) {
                    throw new Unwritable("returned a value that is longer than 16 MB as JSON");
                }
                Json.quote(out, text);
            } else if (value instanceof BigDecimal decimal) {
                out.append(decimal);
            } else if (value.getClass().isArray()) {
                array(anything, value, depth);
            } else if (value instanceof SortedSet<?> || value instanceof NavigableSet<?>) {
                sequence(anything, (Set<?>) value, depth);
            } else if (value instanceof Set<?> set) {
                sequence(anything, sorted(set), depth);
            } else if (value instanceof Collection<?> items) {
                sequence(anything, items, depth);
            } else if (value instanceof Map<?, ?> map) {
                object(map, depth);
            } else if (value instanceof OptionalInt || value instanceof OptionalLong || value instanceof OptionalDouble) {
                throw new Unwritable("returned a value of type " + value.getClass().getSimpleName() + " that has no JSON form; return the value in it");
            } else {
                throw new Unwritable("returned a value of type " + value.getClass().getTypeName() + " that has no JSON form");
            }
            grown();
        }

        private void number(double value, String text) {
            if (Double.isNaN(value)) {
                out.append("{\"$float\":\"nan\"}");
            } else if (Double.isInfinite(value)) {
                out.append(value > 0 ? "{\"$float\":\"inf\"}" : "{\"$float\":\"-inf\"}");
            } else if (value == 0) {
                out.append('0');
            } else {
                out.append(text);
            }
        }

        /** A hash set's order is nobody's business. */
        private static List<?> sorted(Set<?> set) {
            List<Object> values = new ArrayList<>(set);
            try {
                values.sort(null);
            } catch (ClassCastException | NullPointerException unordered) {
                return values;
            }
            return values;
        }

        private void object(Map<?, ?> map, int depth) throws Exception {
            deeper(depth);
            out.append('{');
            boolean first = true;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!first) {
                    out.append(',');
                }
                first = false;
                Json.quote(out, String.valueOf(entry.getKey()));
                out.append(':');
                any(entry.getValue(), depth + 1);
            }
            out.append('}');
        }

        private Field[] fields(Object node, String what, String... names) {
            return fields.computeIfAbsent(node.getClass(), type -> {
                try {
                    Field[] found = new Field[names.length];
                    for (int i = 0; i < names.length; i++) {
                        found[i] = NodeType.field(type, names[i]);
                    }
                    return found;
                } catch (NoSuchFieldException | RuntimeException error) {
                    throw new Unwritable("returned a " + type.getTypeName() + " where " + what + " is expected");
                }
            });
        }

        private void list(Kind item, Object head, int depth) throws Exception {
            out.append('[');
            // Brent's cycle detection: a marker that is moved to the current node at every power of two.
            Object marker = null;
            int length = 0;
            int nextMark = 2;
            for (Object node = head; node != null; ) {
                Field[] parts = fields(node, "a ListNode", "val", "next");
                if (node == marker) {
                    throw new Unwritable("returned a linked list that contains a cycle");
                }
                if (length == nextMark) {
                    marker = node;
                    nextMark *= 2;
                }
                if (length >= NODES_MAX) {
                    throw new Unwritable("returned a linked list of more than " + NODES_MAX + " nodes");
                }
                out.append(length == 0 ? "" : ",");
                typed(item, parts[0].get(node), depth + 1);
                length++;
                node = parts[1].get(node);
            }
            out.append(']');
        }

        private void tree(Kind item, Object root, int depth) throws Exception {
            out.append('[');
            Map<Object, Boolean> seen = new IdentityHashMap<>();
            // A deque takes no nulls.
            LinkedList<Object> waiting = new LinkedList<>(Arrays.asList(root));
            int missing = 0;
            while (!waiting.isEmpty()) {
                Object node = waiting.poll();
                if (node == null) {
                    missing++;
                    continue;
                }
                Field[] parts = fields(node, "a TreeNode", "val", "left", "right");
                if (seen.put(node, true) != null) {
                    throw new Unwritable("returned a tree that contains the same node twice (a cycle or a shared subtree)");
                }
                if (seen.size() > NODES_MAX) {
                    throw new Unwritable("returned a tree of more than " + NODES_MAX + " nodes");
                }
                // Nulls are written when a node follows them: those at the end say nothing.
                out.append(seen.size() > 1 ? "," : "").append("null,".repeat(missing));
                missing = 0;
                typed(item, parts[0].get(node), depth + 1);
                waiting.add(parts[1].get(node));
                waiting.add(parts[2].get(node));
            }
            out.append(']');
        }
    }
}
