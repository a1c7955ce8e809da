// Package telling says in the reader's language what a need holds and how far
// it has come: the lines of its description, the red thread, who has the ball,
// and its history in plain sentences. It decides nothing about who may read
// what: it tells what it is given. Its texts are those of needweb.
package telling
