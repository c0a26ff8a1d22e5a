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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final List<String> OPTIONS = List.of("-proc:none", "-Xlint:none", "-nowarn", "-g", "-implicit:class", "-Xmaxerrs", "5");
    private static final String TOO_DEEP = "error: the code is nested too deeply";
    private static final Pattern HEADER = Pattern.compile("([^:]+):(\\d+): error: ");
    private static final Pattern SAYS_NOTHING = Pattern.compile("\\d+ errors?|\\d+ warnings?|Note: .*|only showing the first .*");

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager jdk = javac.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);

    /**
     * @param classes the classes by their names; empty if there is an error
     * @param error the finished reply, or null
     */
    record Result(Map<String, byte[]> classes, String error) {}

    /** @param nodes sources of classes that the candidate may use without declaring them, by their names */
    Result compile(String file, String source, Map<String, String> nodes) {
        StringWriter printed = new StringWriter();
        Memory memory = new Memory(jdk, nodes);
        boolean fine;
        try {
            // Without a listener javac prints what it always prints, in its best words.
            fine = javac.getTask(printed, memory, null, OPTIONS, null, List.of(new Source(file, source))).call();
        } catch (StackOverflowError error) {
            return failed(TOO_DEEP, 0, 0);
        } catch (RuntimeException error) {
            return failed("error: the compiler gave up on this code", 0, 0);
        }
        return fine ? new Result(memory.classes(), null) : failed(printed.toString(), file);
    }

    private static Result failed(String printed, String file) {
        if (printed.contains("StackOverflowError")) {
            return failed(TOO_DEEP, 0, 0);
        }
        StringBuilder message = new StringBuilder();
        int line = 0;
        int column = 0;
        boolean isFirst = true;
        List<String> lines = printed.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            if (SAYS_NOTHING.matcher(text).matches()) {
                continue;
            }
            message.append(message.length() == 0 ? "" : "\n").append(text);
            Matcher header = isFirst ? HEADER.matcher(text) : null;
            if (header != null && header.lookingAt() && header.group(1).equals(file)) {
                isFirst = false;
                line = Integer.parseInt(header.group(2));
                // The line of code comes next, then a caret; a tab is one column, as in an editor.
                String caret = i + 2 < lines.size() ? lines.get(i + 2) : "";
                column = caret.strip().equals("^") ? caret.indexOf('^') + 1 : 0;
            }
        }
        return failed(message.length() == 0 ? "error: the code cannot be compiled" : message.toString(), line, column);
    }

    private static Result failed(String message, int line, int column) {
        StringBuilder reply = new StringBuilder("{\"status\":\"compile_error\",\"message\":");
        Json.quote(reply, Errors.shortened(message));
        if (line > 0) {
            reply.append(",\"line\":").append(line);
        }
        if (column > 0) {
            reply.append(",\"column\":").append(column);
        }
        return new Result(Map.of(), reply.append("}").toString());
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
