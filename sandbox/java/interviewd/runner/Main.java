package interviewd.runner;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The Java guest's front door: orders come in on one descriptor, replies leave on another, both apart from the standard
 * streams, which belong to the candidate.
 *
 * <p>An order is a nonce of 16 bytes, a length (u32, big endian) and a job in JSON; the reply repeats the nonce, adds one
 * byte (1: something of the candidate's is still running, so this process is of no further use), a length and the reply in
 * JSON. The shapes of job and reply are in the sandbox's README. The first reply, empty and with a nonce of zeros, says
 * that orders are welcome. Until one comes, programs of our own are compiled and run: the compiler is then loaded and half
 * of it translated to machine code, which is nearly all of what a run costs.
 *
 * <p>Arguments: the path of the orders, the path of the replies, how many warm-up rounds at most.
 */
public final class Main {
    static final int NONCE_BYTES = 16;
    /** Some 100,000 calls. When it overflows, the JVM takes twice as much again to look at it. */
    private static final long STACK_BYTES = 32L << 20;
    private static final int JOB_BYTES_MAX = 64 << 20;

    private Main() {}

    /** Everything happens on one thread with room for deep recursion: memory is used as the stack grows, and given back never. */
    public static void main(String[] arguments) {
        new Thread(new ThreadGroup("solution"), () -> work(arguments), "main", STACK_BYTES).start();
    }

    private static void work(String[] arguments) {
        try {
            live(arguments);
        } catch (IOException gone) {
            // The host has closed a pipe, or says what it never says.
        }
        // Threads that the candidate left behind must not keep this process alive.
        Runtime.getRuntime().halt(0);
    }

    private static void live(String[] arguments) throws IOException {
        FileInputStream orders = new FileInputStream(arguments[0]);
        FileOutputStream replies = new FileOutputStream(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Guest guest = new Guest();
        if (rounds > 0) {
            WarmUp.round(guest, 0);
        }
        send(replies, new byte[NONCE_BYTES], false, "");
        for (int round = 1; round < rounds && orders.available() == 0; round++) {
            WarmUp.round(guest, round);
        }
        guest.forget();
        serve(guest, new DataInputStream(new BufferedInputStream(orders, 1 << 16)), replies);
    }

    private static void serve(Guest guest, DataInputStream orders, OutputStream replies) throws IOException {
        Exit exit = new Exit(replies);
        Runtime.getRuntime().addShutdownHook(exit);
        byte[] nonce = new byte[NONCE_BYTES];
        while (true) {
            try {
                orders.readFully(nonce);
            } catch (EOFException closed) {
                return;
            }
            int length = orders.readInt();
            if (length < 0 || length > JOB_BYTES_MAX) {
                throw new IOException("an order of " + length + " bytes");
            }
            byte[] job = new byte[length];
            orders.readFully(job);
            exit.during(nonce.clone());
            Guest.Reply reply = guest.perform(new String(job, StandardCharsets.UTF_8));
            if (exit.isOver()) {
                // System.exit() is at work: its own reply counts, and there will be no other order.
                return;
            }
            send(replies, nonce, reply.spent(), reply.json());
        }
    }

    static void send(OutputStream replies, byte[] nonce, boolean spent, String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(NONCE_BYTES + 1 + 4 + text.length);
        frame.put(nonce).put((byte) (spent ? 1 : 0)).putInt(text.length).put(text);
        replies.write(frame.array());
    }

    /** Tells the host that the candidate's code ended the process itself; its exit code is the process's own. */
    private static final class Exit extends Thread {
        private final OutputStream replies;
        private volatile byte[] nonce;

        Exit(OutputStream replies) {
            super("exit");
            this.replies = replies;
        }

        void during(byte[] nonce) {
            this.nonce = nonce;
        }

        boolean isOver() {
            return isAlive();
        }

        @Override
        public void run() {
            byte[] current = nonce;
            if (current == null) {
                return;
            }
            try {
                Output.flushCurrent();
                send(replies, current, true, "{\"status\":\"exited\"}");
            } catch (IOException gone) {
                // Nobody listens any more.
            }
        }
    }
}
