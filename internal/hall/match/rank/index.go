package rank

import (
	"math"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/gram"
	"kompetansetorg/internal/common/vocab/norsk"
)

// An Index holds documents.
type Index struct {
	docs    []Document
	words   *wordIndex
	chars   *gram.Index
	titles  *gram.Index
	vectors []vector
	pieceV  []vector
	adm     *gram.Index
	v       *vocab.Index
	df      map[key]float32
	titleV  []vector
}

var Cfg = struct {
	LinkTop   int
	TitleW    float32
	Pow       float64
	TitleLink float32
}{20, 3, 1, 1}

// Build makes an index.
func Build(docs []Document, v *vocab.Index) *Index {
	x := &Index{docs: docs, df: map[key]float32{}, v: v}
	adm := gram.NewBuilder(18)
	words := &wordBuilder{}
	chars, titles := gram.NewBuilder(18), gram.NewBuilder(18)
	for _, d := range docs {
		labels := []string{}
		for _, o := range d.Occupations {
			if c, ok := v.Concept(vocab.Styrk08, o); ok {
				labels = append(labels, c.NB)
			}
		}
		fields := []weighted{{norsk.Tokens(d.Title), Cfg.TitleW}, {norsk.Tokens(d.Body), 1}, {norsk.Tokens(d.Outcomes), 1}, {norsk.Tokens(d.Admission), 0.3}, {norsk.Tokens(strings.Join(labels, ". ")), 0.5}}
		words.add(fields...)
		var parts []gram.Part
		for _, f := range fields {
			for _, t := range f.tokens {
				switch t.Kind {
				case norsk.Content:
					parts = append(parts, gram.Part{Text: t.Word, Weight: f.weight})
				case norsk.Generic:
					parts = append(parts, gram.Part{Text: t.Word, Weight: f.weight * genericWeight})
				}
			}
		}
		chars.Add(parts...)
		adm.Add(gram.Part{Text: norsk.Fold(d.Admission), Weight: 1})
		pv := vector{}
		pieces := append(strings.Split(d.Outcomes, ";"), d.Title)
		pieces = append(pieces, strings.Split(d.Body, ". ")...)
		for _, p := range pieces {
			for _, m := range v.Link(p, vocab.LinkOptions{Top: 8}).Matches {
				k := key{m.Scheme, m.Code}
				w := float32(m.Score)
				pv[k] = 1 - (1-pv[k])*(1-0.5*w)
			}
		}
		x.pieceV = append(x.pieceV, pv)
		titles.Add(gram.Part{Text: norsk.Fold(d.Title), Weight: 1})
		tv := vector{}
		vec := vector{}
		for _, m := range v.Link(d.Title, vocab.LinkOptions{Top: Cfg.LinkTop}).Matches {
			tv.raise(key{m.Scheme, m.Code}, float32(math.Pow(m.Score, Cfg.Pow)))
			vec.raise(key{m.Scheme, m.Code}, Cfg.TitleLink*float32(math.Pow(m.Score, Cfg.Pow)))
		}
		for _, m := range v.Link(d.Title+". "+d.Body+" "+d.Outcomes, vocab.LinkOptions{Top: Cfg.LinkTop}).Matches {
			vec.raise(key{m.Scheme, m.Code}, float32(math.Pow(m.Score, Cfg.Pow)))
		}
		for _, o := range d.Occupations {
			vec.raise(key{vocab.Styrk08, o}, 1)
		}
		for k, w := range vec {
			x.df[k] += w
		}
		x.vectors = append(x.vectors, vec)
		x.titleV = append(x.titleV, tv)
	}
	x.words, x.chars, x.titles = words.build(), chars.Build(), titles.Build()
	x.adm = adm.Build()
	return x
}

// Features of a document for a query.
var Names = []string{"chars", "title", "bm25", "esa", "esaT", "topic", "trade", "styrk", "occ", "occTopic", "level", "size", "adm", "pieces", "esaC", "topicC", "sig", "-kurs","-vgs","-fagbrev","-fagskole","-evulong","charsW","bm25W","esaW","topicW","styrkW","occTopicW","-has","admH"}

func (x *Index) Features(q Query) [][]float32 {
	n := len(x.docs)
	out := make([][]float32, n)
	for i := range out {
		out[i] = make([]float32, len(Names))
	}
	tokens := norsk.Tokens(q.Text)
	var parts, partsW []gram.Part
	weights, have := roles(tokens)
	wantText := q.Text
	for i := len(tokens) - 1; i >= 0; i-- {
		if have[i] {
			wantText = wantText[:tokens[i].Start] + wantText[tokens[i].End:]
		}
	}
	for i, t := range tokens {
		switch t.Kind {
		case norsk.Content:
			parts = append(parts, gram.Part{Text: t.Word, Weight: 1})
			partsW = append(partsW, gram.Part{Text: t.Word, Weight: weights[i]})
		case norsk.Generic:
			parts = append(parts, gram.Part{Text: t.Word, Weight: genericWeight})
			partsW = append(partsW, gram.Part{Text: t.Word, Weight: weights[i]*genericWeight})
		}
	}
	s := x.chars.NewScratch()
	x.chars.Query(s, parts...)
	t := x.titles.NewScratch()
	x.titles.Query(t, parts...)
	bm := make([]float32, n)
	x.words.query(tokens, bm)
	need := vector{}
	occ := vector{}
	for _, m := range q.Linked.Matches {
		need.raise(key{m.Scheme, m.Code}, float32(math.Pow(m.Score, Cfg.Pow)))
		if m.Scheme != vocab.Styrk08 {
			for i, c := range m.Styrk08 {
				occ.raise(key{vocab.Styrk08, c}, float32(m.Score)/float32(1+i))
			}
		}
	}
	idf := func(k key) float32 { return log(1 + float32(n)/(0.5+x.df[k])) }
	cosine := func(v vector, schemes ...vocab.Scheme) float32 {
		dot, a, b := float32(0), float32(0), float32(0)
		in := func(s vocab.Scheme) bool {
			if len(schemes) == 0 {
				return true
			}
			for _, t := range schemes {
				if s == t {
					return true
				}
			}
			return false
		}
		for k, w := range need {
			if !in(k.scheme) {
				continue
			}
			i := idf(k)
			a += w * w * i * i
			dot += w * v[k] * i * i
		}
		for k, w := range v {
			if !in(k.scheme) {
				continue
			}
			i := idf(k)
			b += w * w * i * i
		}
		if a == 0 || b == 0 {
			return 0
		}
		return dot / float32(math.Sqrt(float64(a*b)))
	}
	a := x.adm.NewScratch()
	x.adm.Query(a, parts...)
	full := need
	var hp []gram.Part
	for i, t := range tokens {
		if have[i] {
			hp = append(hp, gram.Part{Text: t.Word, Weight: 1})
		}
	}
	ht, ha := x.titles.NewScratch(), x.adm.NewScratch()
	if len(hp) > 0 {
		x.titles.Query(ht, hp...)
		x.adm.Query(ha, hp...)
	}
	cw := x.chars.NewScratch()
	x.chars.Query(cw, partsW...)
	bmW := make([]float32, n)
	x.words.queryW(tokens, weights, bmW)
	wantV := vector{}
	occW := vector{}
	for _, m := range x.v.Link(wantText, vocab.LinkOptions{Top: 30}).Matches {
		wantV.raise(key{m.Scheme, m.Code}, float32(m.Score))
		if m.Scheme != vocab.Styrk08 {
			for i, c := range m.Styrk08 {
				occW.raise(key{vocab.Styrk08, c}, float32(m.Score)/float32(1+i))
			}
		}
	}
	clauses := vector{}
	for k, w := range need {
		clauses[k] = w
	}
	for _, c := range clausesOf(q.Text, tokens) {
		for _, m := range x.v.Link(c, vocab.LinkOptions{Top: 10}).Matches {
			clauses.raise(key{m.Scheme, m.Code}, float32(m.Score))
		}
	}
	for d := range out {
		doc := x.docs[d]
		f := out[d]
		f[0], f[1], f[2] = s.Scores[d], t.Scores[d], bm[d]
		f[3], f[4] = cosine(x.vectors[d]), cosine(x.titleV[d])
		f[5], f[6], f[7] = cosine(x.vectors[d], vocab.Topic), cosine(x.vectors[d], vocab.Trade), cosine(x.vectors[d], vocab.Styrk08)
		for k, w := range need {
			if k.scheme == vocab.Styrk08 {
				for _, o := range doc.Occupations {
					f[8] = max(f[8], w*near(k.code, o))
				}
			}
		}
		for k, w := range occ {
			for _, o := range doc.Occupations {
				f[9] = max(f[9], w*near(k.code, o))
			}
		}
		f[10] = levelFit(q, doc)
		f[11] = sizeFit(q, doc)
		f[12] = a.Scores[d]
		f[13] = cosine(x.pieceV[d])
		need = clauses
		f[14] = cosine(x.vectors[d])
		f[15] = cosine(x.vectors[d], vocab.Topic)
		need = full
		f[16] = float32(q.Linked.Signals.Levels[string(doc.Level)])
		for i, l := range []Level{Kurs, Vgs, Fagbrev, Fagskole} {
			if doc.Level == l {
				f[17+i] = 1
			}
		}
		f[22], f[23] = cw.Scores[d], bmW[d]
		need = wantV
		f[24], f[25], f[26] = cosine(x.vectors[d]), cosine(x.vectors[d], vocab.Topic), cosine(x.vectors[d], vocab.Styrk08)
		need = full
		for k, w := range occW {
			for _, o := range doc.Occupations {
				f[27] = max(f[27], w*near(k.code, o))
			}
		}
		if q.Purpose != Recruit && (doc.Level == Vgs || doc.Level == Fagbrev || doc.Hours > 4000) {
			f[28] = ht.Scores[d]
		}
		f[29] = ha.Scores[d]
		if q.Purpose == Upskill && doc.Hours > 2500 {
			f[21] = 1
		}
	}
	return out
}

var ladder = map[Level]int{Kurs: 0, Vgs: 1, Fagbrev: 1, Fagskole: 2, Hoyere: 3}

func levelFit(q Query, d Document) float32 {
	if q.Level == "" || d.Level == "" {
		return 0.5
	}
	if q.Level == d.Level {
		return 1
	}
	a, b := ladder[q.Level], ladder[d.Level]
	if a-b == 1 || b-a == 1 || a == b {
		return 0.5
	}
	return 0
}

func sizeFit(q Query, d Document) float32 {
	long := d.Level == Vgs || d.Level == Fagbrev || d.Hours > 1500
	switch q.Purpose {
	case Recruit:
		if long {
			return 1
		}
	case Upskill:
		if !long {
			return 1
		}
	default:
		return 0.5
	}
	return 0
}

func clausesOf(text string, tokens []norsk.Token) []string {
	var out []string
	for i := 0; i < len(tokens); {
		j := i
		for j < len(tokens) && tokens[j].Clause == tokens[i].Clause {
			j++
		}
		out = append(out, text[tokens[i].Start:tokens[j-1].End])
		i = j
	}
	if len(out) == 1 {
		return nil
	}
	return out
}
