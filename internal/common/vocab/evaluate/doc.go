// Package evaluate measures the linker on texts whose unit groups are known; `make eval` runs it.
//
// Sets: the job titles, free texts and needs of ../shared/data and MELO Swedish, each skipped
// with the reason where it is absent, and our own texts in testdata, which are always there.
// Titles are split in two halves by a hash of the title: one may serve as examples, only the
// other is measured.
//
// Figures: A@1 and A@5 (a right group first, among the first five), MRR (mean of one over the
// rank of the first right group), recall@5 over the groups of texts that ask for several, the
// share of texts without an occupation that are answered "no match", and the share of the
// others that are still answered.
package evaluate
