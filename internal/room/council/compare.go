package council

import "strconv"

// Change is how one paragraph differs between two versions.
type Change struct {
	Kind ChangeKind
	// Was and Now are the paragraphs; zero where there is none.
	Was, Now Paragraph
	// Why is the explanation that the newer version gives.
	Why string
}

// ChangeKind is what became of a paragraph.
type ChangeKind string

// The kinds. Moved is the same text under another number.
const (
	Same    ChangeKind = "same"
	Changed ChangeKind = "changed"
	Moved   ChangeKind = "moved"
	Added   ChangeKind = "new"
	Removed ChangeKind = "removed"
)

// Before is the version that v was made from: the newest earlier one that was not
// given up.
func Before(all []Version, v Version) (Version, bool) {
	var out Version
	for _, x := range all {
		if x.Nr < v.Nr && x.Nr > out.Nr && x.State != Dropped {
			out = x
		}
	}
	return out, out.Nr > 0
}

// Compare goes through the newer version paragraph by paragraph, then lists what of
// the older has no successor. follows tells that the newer was made from the older;
// else a paragraph is held against the one with its number.
func Compare(was, now Version, follows bool) []Change {
	used := map[int]bool{}
	var out []Change
	for _, p := range now.Paragraphs {
		from := p.Was
		if !follows {
			from = p.Nr
		}
		old, ok := was.Paragraph(from)
		c := Change{Kind: Added, Now: p}
		if follows {
			c.Why = p.Why
		}
		if ok {
			used[from] = true
			c.Was, c.Kind = old, kindOf(old, p)
		}
		out = append(out, c)
	}
	for _, p := range was.Paragraphs {
		if used[p.Nr] {
			continue
		}
		c := Change{Kind: Removed, Was: p}
		if gone, ok := numbered(now.Gone, p.Nr); ok && follows {
			c.Why = gone.Why
		}
		out = append(out, c)
	}
	return out
}

func kindOf(was, now Paragraph) ChangeKind {
	switch {
	case was.Heading != now.Heading || was.Words != now.Words:
		return Changed
	case was.Nr != now.Nr:
		return Moved
	}
	return Same
}

// Unexplained are the changes that say nothing of why, as the sections' signs: a
// version is not sent to the members with such.
func Unexplained(list []Change) []string {
	var out []string
	for _, c := range list {
		if c.Kind == Same || c.Kind == Moved || c.Why != "" {
			continue
		}
		nr := c.Now.Nr
		if c.Kind == Removed {
			nr = c.Was.Nr
		}
		out = append(out, Sign(nr))
	}
	return out
}

// Sign is how a paragraph is named: § 4.
func Sign(nr int) string { return "§\u00a0" + strconv.Itoa(nr) }
