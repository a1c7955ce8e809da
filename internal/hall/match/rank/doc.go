// Package rank orders documents - programmes, measures, schemes - by how well
// they answer a need that somebody has written in everyday words.
//
// Two readings of the need are compared with each document. The letters: words
// by their stems and the parts of compounds (BM25), and character n-grams, for
// inflection, dialect and typing errors. The meaning: need and document are both
// linked to concepts of the vocabulary, and the two lists of concepts are
// compared; topics and trades lead to occupations, and occupations that share
// three or two digits of STYRK-08 count in part. Beside these stand the level,
// the size and whether a trade certificate is asked for. A profile, which has a
// version, says how much each of these parts counts; the program
// match/evaluate/fit finds the weights.
//
// What those concerned already are is not what they need: "to elektrikere vil
// lære ..." is no need of electricians. Such words count less (roles.go).
//
// An Index never changes and may be read by many at once. It holds no text of a
// need. Everything here is a pure function of its arguments.
//
// Words: del = part, vekt = weight, treff = hit, profil = profile.
package rank
