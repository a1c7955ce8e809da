package rank

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// roles gives each token its weight: what is wanted counts more, what those
// concerned already are or do counts less.
func roles(tokens []norsk.Token) (weights []float32, have []bool) {
	weights = make([]float32, len(tokens))
	have = make([]bool, len(tokens))
	for i := 0; i < len(tokens); {
		j := i
		for j < len(tokens) && tokens[j].Clause == tokens[i].Clause {
			j++
		}
		rolesOf(tokens[i:j], weights[i:j], have[i:j])
		i = j
	}
	return weights, have
}

var (
	modals  = []string{"vil", "skal", "må", "kan", "ønsker", "bør", "kunne", "trenger", "vet", "mangler", "forstår", "vegrer", "gruer", "kvier", "har", "er", "får", "som", "ikke", "blir", "sier", "spør", "ber"}
	openers = []string{"lære", "lærer", "opplæring", "kurs", "bli", "utdanne", "spesialisere", "kunne", "sertifisert", "sertifisere", "bevis", "sertifikat", "kompetanse", "påfyll", "øve", "mestre", "forstå", "skjønne", "beherske", "studere"}
	lacks   = []string{"trenger", "mangler", "søker", "søkere", "ansette", "rekruttere", "finner", "finne", "tak", "skaffe", "leter", "behøver", "etterlyser"}
)

const (
	wantWeight = 1.4
	haveWeight = 0.4
)

func rolesOf(tokens []norsk.Token, w []float32, have []bool) {
	for i := range w {
		w[i] = 1
	}
	open := -1
	for i, t := range tokens {
		if slices.Contains(openers, t.Word) || slices.Contains(lacks, t.Word) {
			open = i
			break
		}
	}
	if open >= 0 {
		for i := open + 1; i < len(tokens); i++ {
			w[i] = wantWeight
		}
	}
	for i, t := range tokens {
		if !isWorker(t) || i+1 >= len(tokens) {
			continue
		}
		next := tokens[i+1].Word
		before := ""
		if i > 0 {
			before = tokens[i-1].Word
		}
		lackBefore := false
		for _, b := range tokens[:i] {
			lackBefore = lackBefore || slices.Contains(lacks, b.Word) || b.Word == "bli"
		}
		if lackBefore {
			continue
		}
		subject := slices.Contains(modals, next) || next == "våre" || next == "vår" || next == "mine" || next == "min"
		is := (before == "er" || before == "en" && i > 1 && tokens[i-2].Word == "er") && (next == "og" || next == "i")
		if subject || is {
			w[i] = haveWeight
			have[i] = true
		}
	}
}

// isWorker reports whether a word looks like the name of people in a job.
func isWorker(t norsk.Token) bool {
	if t.Kind != norsk.Content || len(t.Word) < 5 {
		return false
	}
	for _, end := range []string{"ere", "er", "erne", "ene", "eren", "or", "ister", "ist", "isten", "istene", "mann", "menn", "folk", "folka", "folkene", "oren", "orene", "orer", "leger"} {
		if strings.HasSuffix(t.Word, end) {
			return true
		}
	}
	return false
}
