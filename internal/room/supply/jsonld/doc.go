// Package jsonld reads linked data in JSON the way people write it: a term by itself, with
// a prefix or as a whole address; one value or a list; a word, or a thing that is called
// so. Nothing is fetched, so what a context calls a term is not known: a term is known by
// the last part of its name.
package jsonld
