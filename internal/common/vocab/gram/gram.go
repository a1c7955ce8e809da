package gram

import "math"

// Shortest and longest n-gram, in letters, word boundaries counted.
const (
	minGram = 2
	maxGram = 5
)

// maxWord is where a word is cut, in letters: longer ones are no words.
const maxWord = 48

// A Part is a piece of a text with its own weight.
type Part struct {
	Text   string
	Weight float32
}

// A counter gathers weighted gram buckets of one text without allocating for each.
type counter struct {
	weight  []float32
	touched []uint32
	letters []byte
}

func newCounter(bits uint) *counter {
	return &counter{weight: make([]float32, 1<<bits)}
}

// add counts the grams of text, words separated by anything that is no letter or digit.
func (c *counter) add(text string, weight float32, bits uint) {
	shift := 64 - bits
	word := append(c.letters[:0], boundary)
	flush := func() {
		if len(word) > 1 {
			c.grams(append(word, boundary), weight, shift)
		}
		word = word[:1]
	}
	for _, r := range text {
		b := letter(r)
		if b == 0 {
			flush()
		} else if len(word) < maxWord {
			word = append(word, b)
		}
	}
	flush()
	c.letters = word[:0]
}

// boundary marks the beginning and the end of a word.
const boundary = '_'

// letter maps a rune to one byte; 0 separates words. Folded text is expected: æ, ø and å are
// counted as a, o and a, because so many keyboards lack them.
func letter(r rune) byte {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return byte(r)
	case r == 'æ', r == 'å':
		return 'a'
	case r == 'ø':
		return 'o'
	case r == '#' || r == '+':
		return byte(r)
	case r < 0xC0:
		return 0
	}
	return '~'
}

func (c *counter) grams(word []byte, weight float32, shift uint) {
	for start := 0; start < len(word); start++ {
		key := uint64(word[start])
		for n := 2; n <= maxGram && start+n <= len(word); n++ {
			key = key<<8 | uint64(word[start+n-1])
			if n < minGram {
				continue
			}
			bucket := uint32((key * 0x9E3779B97F4A7C15) >> shift)
			if c.weight[bucket] == 0 {
				c.touched = append(c.touched, bucket)
			}
			c.weight[bucket] += weight
		}
	}
}

// A Bag counts the grams of texts one by one, for learners that want them raw.
type Bag struct {
	count *counter
	bits  uint
}

// NewBag makes a bag with 2^bits buckets.
func NewBag(bits uint) *Bag { return &Bag{count: newCounter(bits), bits: bits} }

// Each counts the parts and calls visit with every bucket that their grams fall into, how often
// (the more the less it counts), and the number of buckets in all.
func (b *Bag) Each(visit func(bucket uint32, weight float32, buckets int), parts ...Part) {
	for _, p := range parts {
		b.count.add(p.Text, p.Weight, b.bits)
	}
	for _, g := range b.count.touched {
		visit(g, damp(b.count.weight[g]), len(b.count.touched))
	}
	b.count.reset()
}

// reset forgets the counted text.
func (c *counter) reset() {
	for _, b := range c.touched {
		c.weight[b] = 0
	}
	c.touched = c.touched[:0]
}

// damp is the sublinear term frequency: a gram that stands ten times is not ten times as telling.
func damp(tf float32) float32 {
	if tf <= 1 {
		return tf
	}
	return 1 + float32(math.Log(float64(tf)))
}
