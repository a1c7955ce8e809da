// Package linear trains a softmax over hashed features: a small classifier for short texts.
//
// It learns what n-grams of titles tell about their class where looking up similar titles
// does not: that "-lege" outweighs "skole-" in "skolelege". Training is deterministic, on one
// core, some seconds for fifty thousand titles. A Model is only read after training and safe
// for concurrent use.
package linear
