// Package evaluate measures the matcher: how well programmes are ranked for
// needs with known answers, beside two plain methods in the same run, and
// whether needs that nothing answers are told so.
//
// The measures are those of ../shared/data/matching/README.txt: nDCG@5 with
// gain 2^grade-1, precision at five with grade 1 or better, recall at ten of
// grade 2; means over the needs that have an answer. The folder is not part of
// the project; without it there is nothing to measure.
//
// testdata/needs.tsv are needs written for this project, with our own judgements
// of the same programmes. The weights of the profile are fitted on them
// (evaluate/fit), so that the needs of the folder stay a test.
package evaluate
