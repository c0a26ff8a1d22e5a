package interviewd.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The compiler, from memory to memory. Nothing is read but the JDK's own classes, nothing is written at all. */
final class Compiler {
    private static final int ERRORS_SHOWN_MAX = 5;
    private static final List<String> OPTIONS = List.of("-proc:none", "-Xlint:none", "-nowarn", "-g", "-implicit:class");

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager jdk = javac.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);

    /**
     * @param classes the classes by their names; empty if there is an error
     * @param error the finished reply, or null
     */
    record Result(Map<String, byte[]> classes, String error) {}

    /** @param nodes sources of classes that the candidate may use without declaring them, by their names */
    Result compile(String file, String source, Map<String, String> nodes) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StringWriter noise = new StringWriter();
        Memory memory = new Memory(jdk, nodes);
        boolean fine;
        try {
            List<Source> sources = List.of(new Source(file, source));
            fine = javac.getTask(noise, memory, diagnostics, OPTIONS, null, sources).call();
        } catch (StackOverflowError error) {
            return failed("error: the code is nested too deeply", null);
        } catch (RuntimeException error) {
            return failed("error: the compiler gave up on this code", null);
        }
        if (fine) {
            return new Result(memory.classes(), null);
        }
        List<Diagnostic<? extends JavaFileObject>> errors = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(diagnostic);
            }
        }
        if (errors.isEmpty()) {
            boolean deep = noise.toString().contains("StackOverflowError");
            return failed(deep ? "error: the code is nested too deeply" : "error: the code cannot be compiled", null);
        }
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < Math.min(errors.size(), ERRORS_SHOWN_MAX); i++) {
            message.append(i == 0 ? "" : "\n").append(shown(errors.get(i), file, source));
        }
        if (errors.size() > ERRORS_SHOWN_MAX) {
            message.append("\n").append(errors.size() - ERRORS_SHOWN_MAX).append(" more errors");
        }
        return failed(message.toString(), place(errors.get(0), source));
    }

    private static Result failed(String message, int[] place) {
        StringBuilder reply = new StringBuilder("{\"status\":\"compile_error\",\"message\":");
        Json.quote(reply, Errors.shortened(message));
        if (place != null) {
            reply.append(",\"line\":").append(place[0]).append(",\"column\":").append(place[1]);
        }
        return new Result(Map.of(), reply.append("}").toString());
    }

    /** As javac prints it: the sentence, the line, a caret below the place. */
    private static String shown(Diagnostic<?> error, String file, String source) {
        int[] place = place(error, source);
        String sentence = "error: " + error.getMessage(Locale.ENGLISH);
        if (place == null) {
            return sentence;
        }
        String line = line(source, (int) error.getPosition());
        String blanks = line.substring(0, Math.min(place[1] - 1, line.length())).replaceAll("[^\t]", " ");
        // What belongs to the sentence ("symbol: …") stands below the caret.
        int end = sentence.indexOf('\n');
        String rest = end < 0 ? "" : sentence.substring(end).stripTrailing();
        String first = end < 0 ? sentence : sentence.substring(0, end).stripTrailing();
        return file + ":" + place[0] + ": " + first + "\n" + line + "\n" + blanks + "^" + rest;
    }

    /** Line and column, from 1; a tab is one column, as in an editor. Null when the error has no place. */
    private static int[] place(Diagnostic<?> error, String source) {
        long position = error.getPosition();
        if (position < 0 || position > source.length()) {
            return null;
        }
        int lineStart = lineStart(source, (int) position);
        return new int[] {(int) error.getLineNumber(), (int) position - lineStart + 1};
    }

    private static int lineStart(String source, int position) {
        int start = position;
        while (start > 0 && source.charAt(start - 1) != '\n' && source.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    private static String line(String source, int position) {
        int end = position;
        while (end < source.length() && source.charAt(end) != '\n' && source.charAt(end) != '\r') {
            end++;
        }
        return source.substring(lineStart(source, position), end);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;
        private final String file;

        Source(String file, String code) {
            super(URI.create("string:///" + file), Kind.SOURCE);
            this.file = file;
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }

        @Override
        public String getName() {
            return file;
        }

        /** A public class may have any name: there is only one file. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

        Compiled(String name) {
            super(URI.create("mem:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            bytes.reset();
            return bytes;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, Compiled> outputs = new LinkedHashMap<>();
        private final Map<String, String> nodes;

        Memory(StandardJavaFileManager jdk, Map<String, String> nodes) {
            super(jdk);
            this.nodes = nodes;
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            outputs.forEach((name, compiled) -> classes.put(name, compiled.bytes.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return outputs.computeIfAbsent(name, Compiled::new);
        }

        /** The class path is a folder with the sources of our node classes: used when the code lacks its own. */
        @Override
        public Iterable<JavaFileObject> list(Location location, String path, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
            if (location != StandardLocation.CLASS_PATH) {
                return super.list(location, path, kinds, recurse);
            }
            List<JavaFileObject> found = new ArrayList<>();
            if (path.isEmpty() && kinds.contains(JavaFileObject.Kind.SOURCE)) {
                nodes.forEach((name, code) -> found.add(new Source(name + ".java", code)));
            }
            return found;
        }

        @Override
        public String inferBinaryName(Location location, JavaFileObject file) {
            if (file instanceof Source source) {
                return source.file.substring(0, source.file.length() - ".java".length());
            }
            return super.inferBinaryName(location, file);
        }

        @Override
        public ClassLoader getClassLoader(Location location) {
            return null;
        }

        @Override
        public boolean hasLocation(Location location) {
            return location == StandardLocation.CLASS_PATH || super.hasLocation(location);
        }

        @Override
        public boolean isSameFile(FileObject one, FileObject other) {
            return one == other;
        }

        @Override
        public void close() {
            // The JDK's file manager below serves the next compilation as well.
        }
    }
}
