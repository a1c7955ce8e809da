// Package about has the open pages about the service itself: the accessibility
// statement, privacy, sources and licences, and how programs may use the data.
// They say what is true of this installation: who runs it, which data are
// loaded, and which operations are open.
package about
