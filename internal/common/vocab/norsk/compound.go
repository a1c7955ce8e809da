package norsk

import "strings"

// A Splitter cuts compounds into words of one vocabulary. It is made once and then only read.
type Splitter struct {
	stems map[string]int32 // stem of a known word -> its weight; heavier words win
}

// minPart is the shortest part, in bytes; two-letter words would cut nearly everything.
const minPart = 3

// longest is the longest word that is taken apart, in bytes. Norwegian words are
// shorter; the work grows with the square of the length.
const longest = 60

// NewSplitter takes the stems of the known words with the number of places where each stands.
func NewSplitter(stems map[string]int32) *Splitter {
	return &Splitter{stems: stems}
}

// Split returns the stems of the parts of word, or nil when it is no compound of known words.
// The last part is the head: what the thing is. A linking s or e between parts is dropped.
func (s *Splitter) Split(word string) []string {
	if len(word) < 2*minPart || len(word) > longest {
		return nil
	}
	best, parts := 0, []string(nil)
	for cut := minPart; cut <= len(word)-minPart; cut++ {
		if word[cut]&0xC0 == 0x80 { // inside a letter
			continue
		}
		head, ok := s.known(word[cut:])
		if !ok {
			continue
		}
		first, score := s.modifier(word[:cut])
		if score == 0 {
			continue
		}
		score += 2 * min(len(head), 8)
		if score > best {
			best = score
			parts = append(append([]string(nil), first...), head)
		}
	}
	return parts
}

// Ends returns the longest known word that word ends in and the longest it begins with, as
// stems, "" = none. It is for compounds with an unknown part.
func (s *Splitter) Ends(word string) (head, modifier string) {
	const shortest = 4
	if len(word) > longest {
		return "", ""
	}
	for cut := minPart; cut <= len(word)-shortest; cut++ {
		if word[cut]&0xC0 == 0x80 {
			continue
		}
		if stem, ok := s.known(word[cut:]); ok {
			head = stem
			break
		}
	}
	for cut := len(word) - minPart; cut >= shortest; cut-- {
		if cut < len(word) && word[cut]&0xC0 == 0x80 {
			continue
		}
		if stem, ok := s.known(word[:cut]); ok {
			modifier = stem
			break
		}
		if word[cut-1] == 's' || word[cut-1] == 'e' {
			if stem, ok := s.known(word[:cut-1]); ok {
				modifier = stem
				break
			}
		}
	}
	return head, modifier
}

// modifier returns the parts of what stands before the head and how good they are, 0 = unknown.
func (s *Splitter) modifier(word string) ([]string, int) {
	forms := []string{word}
	if n := len(word); n > minPart {
		switch word[n-1] {
		case 's', 'e':
			forms = append(forms, word[:n-1])
		case '-':
			forms = []string{word[:n-1]}
		}
	}
	for _, form := range forms {
		if stem, ok := s.known(form); ok {
			return []string{stem}, 2 * min(len(stem), 8)
		}
	}
	for cut := minPart; cut <= len(word)-minPart; cut++ {
		second, ok := s.known(strings.TrimSuffix(word[cut:], "s"))
		if !ok {
			continue
		}
		if first, ok := s.known(strings.TrimSuffix(word[:cut], "s")); ok {
			return []string{first, second}, min(len(first), 8) + min(len(second), 8)
		}
	}
	return nil, 0
}

func (s *Splitter) known(word string) (string, bool) {
	if len(word) < minPart || KindOf(word) == Function {
		return "", false
	}
	stem := Stem(word)
	if len(stem) < minPart {
		return "", false
	}
	return stem, s.stems[stem] > 0
}
