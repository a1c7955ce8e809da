// Package gram ranks short texts by the character n-grams they share with a query.
//
// A text becomes a vector over the 2- to 5-grams of its words, each word with its
// boundaries, weighted by term frequency times inverse document frequency and scaled to
// length one; the score of a text is the cosine with the query, in [0,1]. N-grams meet
// compounds, inflection and typing errors half-way, which whole words do not.
//
// Grams are hashed into buckets, so an Index needs no dictionary; with the default size two
// grams seldom meet. An Index is made once by a Builder and then only read: it may be used
// from several goroutines, each with its own Scratch.
package gram
