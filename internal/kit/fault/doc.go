// Package fault holds the few kinds of error the house tells apart.
//
// A room returns a fault when the caller can do something about it: the thing
// does not exist (or may not be seen), the actor may not do this, a field is
// wrong, somebody else got there first. Everything else is an internal error:
// it travels upwards unchanged, is logged once at the top with an id, and the
// reader is told that something went wrong.
//
// A fault carries a message key and values, never a sentence: text is made in
// the web packages, in the reader's language.
package fault
