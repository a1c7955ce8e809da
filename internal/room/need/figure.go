package need

// Few is how many organisations a public figure must at least be built on.
const Few = 3

// Figure is a number that may be withheld. Known: Value is it. Few: it is
// built on one or two organisations and shown as "1–2". Neither: it is
// withheld, as another figure could be computed from it.
type Figure struct {
	Known bool
	Value int
	Few   bool
}

// Exactly is a figure that is known.
func Exactly(n int) Figure { return Figure{Known: true, Value: n} }

// FewOnly is a figure built on one or two organisations.
func FewOnly() Figure { return Figure{Few: true} }
