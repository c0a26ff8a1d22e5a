package interviewd.runner;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;

/**
 * Performs jobs one after the other: the source is compiled when it is new, and each job loads the classes afresh, with
 * streams of its own, so that no static field, stream or default survives from one case to the next.
 */
final class Guest {
    private final Compiler compiler = new Compiler();
    private final Properties properties = (Properties) System.getProperties().clone();
    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();
    private String compiledSource = "";
    private Compiler.Result compiled;

    /** @param spent whether the candidate's code left something running */
    record Reply(String json, boolean spent) {}

    /** Drops what warming up left behind. */
    void forget() {
        compiledSource = "";
        compiled = null;
    }

    Reply perform(String text) {
        Set<Thread> before = threads();
        String json = attempt(text);
        Thread.interrupted();
        boolean spent = leftBehind(before);
        restore();
        return new Reply(json, spent);
    }

    private String attempt(String text) {
        try {
            Map<String, Object> job = Json.parseObject(text);
            Job.Shape shape = Job.Shape.of(job);
            String source = (String) job.get("source");
            if (compiled == null || !compiledSource.equals(source)) {
                compiled = compiler.compile(shape.file(), source, shape.nodeSources());
                compiledSource = source;
            }
            if (compiled.error() != null) {
                return compiled.error();
            }
            if ("compile".equals(job.get("task"))) {
                return "{\"status\":\"ok\",\"value\":null}";
            }
            Object stdin = job.get("stdin");
            Output.open();
            System.setIn(new ByteArrayInputStream(stdin == null ? new byte[0] : ((String) stdin).getBytes(StandardCharsets.UTF_8)));
            try {
                return new Job(job, shape, compiled).run();
            } finally {
                Output.flushCurrent();
            }
        } catch (OutOfMemoryError error) {
            return "{\"status\":\"memory_limit\"}";
        } catch (RuntimeException | StackOverflowError error) {
            return "{\"status\":\"runtime_error\",\"message\":\"The code ended without a result.\"}";
        }
    }

    /** Whatever a run may have changed in the process as a whole. */
    private void restore() {
        Output.shut();
        System.setProperties((Properties) properties.clone());
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    private static boolean leftBehind(Set<Thread> before) {
        for (Thread thread : threads()) {
            if (!before.contains(thread) && thread.isAlive() && !isOfTheLibrary(thread)) {
                return true;
            }
        }
        return false;
    }

    /** Threads that the class library starts at first use and keeps: they hold nothing of the candidate's once idle. */
    private static boolean isOfTheLibrary(Thread thread) {
        for (String name : List.of("Common-Cleaner", "ForkJoinPool.commonPool-worker-")) {
            if (thread.getName().startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Thread> threads() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] all = new Thread[group.activeCount() * 2 + 16];
        int count = group.enumerate(all, true);
        Set<Thread> threads = new HashSet<>();
        for (int i = 0; i < count; i++) {
            threads.add(all[i]);
        }
        return threads;
    }
}
