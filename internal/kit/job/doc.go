// Package job does work in the background: jobs are rows that are added in the
// transaction that causes them, taken by a Runner, and tried again when they
// fail.
//
// # What holds
//
// A job is done at least once: a Runner that dies loses its lease, and another
// one takes the job up. So a handler is idempotent: done twice it leaves the
// same as done once. A job with a key is there at most once while it waits or
// runs: to add it again is to say that it is wanted, and while it runs, that it is
// to be done once more.
//
// A handler that answers an error is tried again after a pause that doubles, and
// is dead after MaxTries: an administrator sees it, with the error, and may Retry
// it. A handler whose ctx ends because somebody cancelled it ends as cancelled;
// one whose ctx ends because the program stops goes back to wait, and the try is
// not counted.
//
// Long work tells how far it has come with Run.Progress and what came of it with
// Run.Report; both are there to read while and after it runs.
//
// Several nodes may run: one UPDATE … RETURNING takes a job, and writes go one
// after the other in the whole installation (kit/db), so two never take the same.
//
// Table: job.
package job
