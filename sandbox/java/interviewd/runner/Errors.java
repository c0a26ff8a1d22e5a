package interviewd.runner;

import java.util.ArrayList;
import java.util.List;

/** Exceptions in the candidate's own terms: their file, their line numbers, no frame of ours. */
final class Errors {
    private static final int FRAMES_SHOWN_MAX = 30;
    private static final int CAUSES_SHOWN_MAX = 4;
    private static final int MESSAGE_CHARS_MAX = 4_000;

    private Errors() {}

    /** @param line the innermost line in the candidate's file, or -1 */
    record Told(String message, int line) {}

    static Told describe(Throwable error, String file, Job.Loader loader) {
        StringBuilder message = new StringBuilder();
        int line = -1;
        Throwable current = error;
        for (int depth = 0; current != null && depth <= CAUSES_SHOWN_MAX; depth++) {
            message.append(depth == 0 ? "" : "\nCaused by: ").append(sentence(current));
            Frames frames = frames(current, file, loader);
            message.append(frames.text);
            line = line < 0 ? frames.line : line;
            Throwable cause = cause(current);
            current = cause == current ? null : cause;
        }
        return new Told(message.toString(), line);
    }

    static String shortened(String text) {
        if (text.length() <= MESSAGE_CHARS_MAX) {
            return text;
        }
        int head = MESSAGE_CHARS_MAX / 2;
        return text.substring(0, head) + "\n  [...]\n" + text.substring(text.length() - head);
    }

    private record Frames(String text, int line) {}

    private static Frames frames(Throwable error, String file, Job.Loader loader) {
        List<StackTraceElement> own = new ArrayList<>();
        int line = -1;
        int last = 0;
        try {
            for (StackTraceElement frame : error.getStackTrace()) {
                boolean theirs = loader.has(frame.getClassName()) && file.equals(frame.getFileName());
                // How a call comes about (reflection, our harness) is of no interest wherever it stands.
                if (frame.getClassName().startsWith("interviewd.runner.") || frame.getClassName().startsWith("jdk.internal.reflect.")
                        || frame.getClassName().startsWith("java.lang.reflect.")) {
                    continue;
                }
                own.add(frame);
                if (theirs) {
                    last = own.size();
                    line = line < 0 ? frame.getLineNumber() : line;
                }
            }
        } catch (Throwable nasty) {
            return new Frames("", -1);
        }
        // What lies outside of the candidate's outermost call is how we got there.
        own.subList(last, own.size()).clear();
        StringBuilder text = new StringBuilder();
        int shown = Math.min(own.size(), FRAMES_SHOWN_MAX);
        for (StackTraceElement frame : own.subList(0, shown)) {
            text.append("\n    at ").append(frame.getClassName()).append('.').append(frame.getMethodName())
                    .append('(').append(frame.getFileName() == null ? "Unknown Source" : frame.getFileName());
            if (frame.getLineNumber() > 0) {
                text.append(':').append(frame.getLineNumber());
            }
            text.append(')');
        }
        if (own.size() > shown) {
            text.append("\n    [").append(own.size() - shown).append(" earlier calls]");
        }
        return new Frames(text.toString(), line);
    }

    /** The candidate's classes may override everything that is asked here. */
    private static String sentence(Throwable error) {
        try {
            return shortened(String.valueOf(error.toString()));
        } catch (Throwable nasty) {
            return error.getClass().getName();
        }
    }

    private static Throwable cause(Throwable error) {
        try {
            return error.getCause();
        } catch (Throwable nasty) {
            return null;
        }
    }
}
