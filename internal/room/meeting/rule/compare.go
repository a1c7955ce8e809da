package rule

import (
	"reflect"
	"slices"

	"kompetansetorg/internal/kit/i18n"
)

// Difference is one rule that two versions say differently. Was is empty for a rule that
// is new, Now for one that is gone. SourceOnly is a rule that is the same but has another
// source.
type Difference struct {
	Topic      string
	Was, Now   Word
	SourceOnly bool
}

// Heading is the key of what the difference is about.
func (d Difference) Heading() i18n.Key { return Word{Topic: d.Topic}.Heading() }

// Compare lists in words what differs between two versions, in the order pages show the
// rules: the old version's, then what is new.
func Compare(a, b Set) []Difference {
	was, now := a.Words(), b.Words()
	var list []Difference
	for _, w := range was {
		n, ok := find(now, w.Topic)
		switch {
		case !ok:
			list = append(list, Difference{Topic: w.Topic, Was: w})
		case !reflect.DeepEqual(w.Line, n.Line):
			list = append(list, Difference{Topic: w.Topic, Was: w, Now: n})
		case w.Source != n.Source:
			list = append(list, Difference{Topic: w.Topic, Was: w, Now: n, SourceOnly: true})
		}
	}
	for _, n := range now {
		if _, ok := find(was, n.Topic); !ok {
			list = append(list, Difference{Topic: n.Topic, Now: n})
		}
	}
	return list
}

func find(list []Word, topic string) (Word, bool) {
	i := slices.IndexFunc(list, func(w Word) bool { return w.Topic == topic })
	if i < 0 {
		return Word{}, false
	}
	return list[i], true
}
