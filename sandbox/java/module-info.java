/** What stands between the host and a candidate's Java. A module, so that candidate code cannot reflect on it. */
module interviewd.runner {
    requires java.compiler;
    requires jdk.compiler;
}
