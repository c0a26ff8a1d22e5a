package interviewd.runner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output or error of one run. Output reaches the host line by line, so that a killed run keeps it. */
final class Output extends OutputStream {
    /** The host keeps 64 KB of a stream; beyond twice that nothing is sent any more. */
    private static final int SENT_BY_LINE_BYTES = 64 << 10;
    private static final int SENT_BYTES_MAX = 128 << 10;
    private static final int BUFFER_BYTES = 8 << 10;

    private static final FileOutputStream STDOUT = new FileOutputStream(FileDescriptor.out);
    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private static volatile Output out;
    private static volatile Output err;
    /** While warming up there is nobody to write to. */
    static volatile boolean silent;

    private final FileOutputStream to;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int waiting;
    private int sent;

    private Output(FileOutputStream to) {
        this.to = to;
    }

    /** Puts fresh streams into {@code System}. */
    static void open() {
        out = new Output(STDOUT);
        err = new Output(STDERR);
        System.setOut(new PrintStream(out, false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    static void flushCurrent() {
        for (Output output : new Output[] {out, err}) {
            if (output != null) {
                output.flush();
            }
        }
    }

    /** Between two runs nothing is written anywhere. */
    static void shut() {
        out = null;
        err = null;
        System.setOut(NOWHERE);
        System.setErr(NOWHERE);
        System.setIn(InputStream.nullInputStream());
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        boolean line = false;
        for (int i = offset; i < offset + length; ) {
            int room = Math.min(BUFFER_BYTES - waiting, offset + length - i);
            System.arraycopy(bytes, i, buffer, waiting, room);
            waiting += room;
            i += room;
            if (waiting == BUFFER_BYTES) {
                flush();
            }
        }
        if (sent < SENT_BY_LINE_BYTES) {
            for (int i = offset; i < offset + length && !line; i++) {
                line = bytes[i] == '\n';
            }
            if (line) {
                flush();
            }
        }
    }

    @Override
    public synchronized void flush() {
        int length = Math.min(waiting, SENT_BYTES_MAX - sent);
        waiting = 0;
        if (length <= 0 || silent) {
            return;
        }
        sent += length;
        try {
            to.write(buffer, 0, length);
        } catch (IOException gone) {
            sent = SENT_BYTES_MAX;
        }
    }
}
