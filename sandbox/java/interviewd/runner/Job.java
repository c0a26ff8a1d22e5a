package interviewd.runner;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One job performed: classes loaded, called as the job asks, and the reply written. */
final class Job {
    /** The candidate's code lacks what the job asks for; the message is for the candidate. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** What a job's signature says, before there is any code. */
    record Shape(String kind, String file, String entry, Map<String, String> nodeSources) {
        static Shape of(Map<String, Object> job) {
            String kind = (String) job.get("kind");
            String entry = (String) job.get("entry");
            Map<String, String> sources = new LinkedHashMap<>();
            if (!kind.equals("program")) {
                sources.put("ListNode", Nodes.LIST);
                sources.put("TreeNode", Nodes.TREE);
                Nodes.fit(sources, job);
            }
            String file = switch (kind) {
                case "program" -> "Main.java";
                case "class" -> entry + ".java";
                default -> "Solution.java";
            };
            return new Shape(kind, file, entry, sources);
        }
    }

    private final Map<String, Object> job;
    private final Shape shape;
    private final Loader loader;

    Job(Map<String, Object> job, Shape shape, Compiler.Result compiled) {
        this.job = job;
        this.shape = shape;
        this.loader = new Loader(compiled.classes());
    }

    String run() {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return switch (shape.kind()) {
                case "program" -> program();
                case "class" -> "{\"status\":\"ok\",\"value\":" + operations() + "}";
                default -> "{\"status\":\"ok\",\"value\":" + call() + "}";
            };
        } catch (OutOfMemoryError error) {
            throw error;
        } catch (Refused refused) {
            return runtimeError(refused.getMessage(), -1);
        } catch (InvocationTargetException wrapper) {
            return thrown(wrapper.getCause());
        } catch (LinkageError error) {
            return thrown(error);
        } catch (ReflectiveOperationException error) {
            return runtimeError("The code cannot be called: " + error, -1);
        }
    }

    private String thrown(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            throw (OutOfMemoryError) error;
        }
        if (error instanceof Refused) {
            return runtimeError(error.getMessage(), -1);
        }
        Errors.Told told = Errors.describe(error, shape.file(), loader);
        return runtimeError(told.message(), told.line());
    }

    private static String runtimeError(String message, int line) {
        StringBuilder reply = new StringBuilder("{\"status\":\"runtime_error\",\"message\":");
        Json.quote(reply, Errors.shortened(message));
        if (line > 0) {
            reply.append(",\"line\":").append(line);
        }
        return reply.append(",\"exit_code\":1}").toString();
    }

    // ---- programs ----

    private String program() throws ReflectiveOperationException {
        Method main = null;
        for (Class<?> type : loader.all()) {
            for (Method method : type.getDeclaredMethods()) {
                Class<?>[] params = method.getParameterTypes();
                boolean fits = method.getName().equals("main") && Modifier.isStatic(method.getModifiers())
                        && params.length == 1 && params[0] == String[].class;
                if (fits && (main == null || type.getSimpleName().equals("Main"))) {
                    main = method;
                }
            }
        }
        if (main == null) {
            throw new Refused("Main.java defines no `public static void main(String[] args)`. A program starts there.");
        }
        main.setAccessible(true);
        main.invoke(null, (Object) new String[0]);
        waitForThreads();
        return "{\"status\":\"ok\",\"exit_code\":0}";
    }

    /** A Java program ends when the last of its threads does, daemons excepted. */
    private static void waitForThreads() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (true) {
            Thread[] threads = new Thread[group.activeCount() + 16];
            int count = group.enumerate(threads, true);
            Thread running = null;
            for (int i = 0; i < count; i++) {
                if (threads[i] != Thread.currentThread() && !threads[i].isDaemon()) {
                    running = threads[i];
                }
            }
            if (running == null) {
                return;
            }
            try {
                running.join();
            } catch (InterruptedException ignored) {
                // A program may interrupt its main thread; that does not end it.
            }
        }
    }

    // ---- functions ----

    private String call() throws ReflectiveOperationException {
        List<Kind> kinds = Kind.all(job.get("params"));
        List<?> args = (List<?>) job.get("args");
        Method method = function(kinds);
        Object[] values = Values.decode(method, kinds, args, shape.entry(), loader);
        method.setAccessible(true);
        Object instance = Modifier.isStatic(method.getModifiers()) ? null : instance(method.getDeclaringClass());
        Object result = method.invoke(instance, values);
        Object place = job.get("result_argument");
        try {
            if (place instanceof Long index) {
                return Values.encode(kinds.get(index.intValue()), values[index.intValue()]);
            }
            Kind returns = Kind.parse((String) job.get("returns"));
            return returns.isVoid() ? "null" : Values.encode(returns, result);
        } catch (Values.Unwritable unwritable) {
            throw new Refused("`" + shape.entry() + "` " + unwritable.getMessage() + ".");
        }
    }

    private Method function(List<Kind> kinds) throws ReflectiveOperationException {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type : loader.all()) {
            if (type.getSimpleName().equals("Solution") && type.getEnclosingClass() == null) {
                classes.add(0, type);
            } else if (!type.isInterface()) {
                classes.add(type);
            }
        }
        for (Class<?> type : classes) {
            Method method = method(type, shape.entry(), kinds);
            if (method != null) {
                return method;
            }
        }
        throw new Refused("Solution.java defines no method `" + shape.entry()
                + "`. Keep the class `Solution` and the name that the starter code gives the method.");
    }

    private Object instance(Class<?> type) throws ReflectiveOperationException {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException error) {
            throw new Refused("The class `" + type.getSimpleName() + "` needs a constructor without parameters.");
        }
    }

    // ---- classes ----

    private String operations() throws ReflectiveOperationException {
        String entry = shape.entry();
        Class<?> type = null;
        for (Class<?> one : loader.all()) {
            if (one.getSimpleName().equals(entry) && (type == null || one.getEnclosingClass() == null)) {
                type = one;
            }
        }
        if (type == null) {
            throw new Refused(entry + ".java defines no class `" + entry + "`. Keep the name that the starter code gives it.");
        }
        List<?> names = (List<?>) job.get("operations");
        List<?> arguments = (List<?>) job.get("arguments");
        Map<?, ?> methods = (Map<?, ?>) job.get("methods");
        List<Kind> constructorKinds = Kind.all(job.get("constructor"));
        Map<String, Method> found = new LinkedHashMap<>();
        StringBuilder results = new StringBuilder("[");
        Object instance = null;
        for (int i = 0; i < names.size(); i++) {
            String name = (String) names.get(i);
            List<?> args = (List<?>) arguments.get(i);
            results.append(i == 0 ? "" : ",");
            if (name.equals(entry)) {
                Constructor<?> constructor = constructor(type, constructorKinds);
                constructor.setAccessible(true);
                try {
                    instance = constructor.newInstance(Values.decode(constructor, constructorKinds, args, entry, loader));
                } catch (InstantiationException isAbstract) {
                    throw new Refused("The class `" + entry + "` is abstract.");
                }
                results.append("null");
                continue;
            }
            Map<?, ?> method = (Map<?, ?>) methods.get(name);
            List<Kind> kinds = Kind.all(method.get("params"));
            Class<?> searched = type;
            Method target = found.computeIfAbsent(name, wanted -> method(searched, wanted, kinds));
            if (target == null) {
                throw new Refused("The class `" + entry + "` has no method `" + name + "`. Add it with exactly this name.");
            }
            target.setAccessible(true);
            Object result = target.invoke(instance, Values.decode(target, kinds, args, name, loader));
            Kind returns = Kind.parse((String) method.get("returns"));
            // Written at once: a later operation may change what this one returned.
            try {
                results.append(returns.isVoid() ? "null" : Values.encode(returns, result));
            } catch (Values.Unwritable unwritable) {
                throw new Refused("`" + entry + "." + name + "` " + unwritable.getMessage() + ".");
            }
        }
        return results.append("]").toString();
    }

    private Constructor<?> constructor(Class<?> type, List<Kind> kinds) {
        Constructor<?> best = null;
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == kinds.size() && (best == null || better(constructor, best, kinds))) {
                best = constructor;
            }
        }
        if (best == null) {
            throw new Refused("The class `" + shape.entry() + "` has no constructor with " + counted(kinds.size()) + ".");
        }
        return best;
    }

    /** By name and number of parameters, the class's own before inherited ones; of overloads the one that fits best. */
    private static Method method(Class<?> type, String name, List<Kind> kinds) {
        int others = 0;
        for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) {
            Method best = null;
            for (Method method : one.getDeclaredMethods()) {
                if (!method.getName().equals(name) || method.isBridge() || method.isSynthetic()) {
                    continue;
                }
                if (method.getParameterCount() != kinds.size()) {
                    others++;
                } else if (best == null || better(method, best, kinds)) {
                    best = method;
                }
            }
            if (best != null) {
                return best;
            }
        }
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.isDefault() && method.getParameterCount() == kinds.size()) {
                return method;
            }
        }
        if (others > 0) {
            throw new Refused("The method `" + name + "` must have " + counted(kinds.size()) + ", as in the starter code.");
        }
        return null;
    }

    private static boolean better(Executable one, Executable other, List<Kind> kinds) {
        return Values.fit(one, kinds) > Values.fit(other, kinds);
    }

    private static String counted(int parameters) {
        return parameters == 0 ? "no parameters" : parameters == 1 ? "1 parameter" : parameters + " parameters";
    }

    /** The candidate's classes, loaded for one job. */
    static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(ClassLoader.getPlatformClassLoader());
            this.classes = classes;
        }

        /** In the order of the source. */
        List<Class<?>> all() throws ClassNotFoundException {
            List<Class<?>> all = new ArrayList<>();
            for (String name : classes.keySet()) {
                all.add(loadClass(name));
            }
            return all;
        }

        boolean has(String name) {
            return classes.containsKey(name);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
