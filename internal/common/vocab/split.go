package vocab

import "kompetansetorg/internal/common/vocab/norsk"

// Splitter cuts compounds into the words that the names, tasks and descriptions
// of the whole vocabulary hold.
func (x *Index) Splitter() *norsk.Splitter {
	known := map[string]int32{}
	for _, s := range x.spaces {
		for stem := range s.words.terms {
			known[stem]++
		}
	}
	return norsk.NewSplitter(known)
}
