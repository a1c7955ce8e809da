package expr

import (
	"strings"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokText
	tokRef  // ${name}
	tokName // function, operator word, or attribute
	tokDot
	tokSign // ( ) , = != < <= > >= + - *
)

type token struct {
	kind tokenKind
	text string
	at   int // in runes, from 1
}

// lex parts the source into tokens.
func lex(src string) ([]token, error) {
	var out []token
	for i := 0; i < len(src); {
		c := src[i]
		at := utf8.RuneCountInString(src[:i]) + 1
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
			continue
		case strings.HasPrefix(src[i:], "${"):
			end := strings.IndexByte(src[i:], '}')
			if end < 0 {
				return nil, &Error{Key: "question.expr.unclosed", At: at}
			}
			name := strings.TrimSpace(src[i+2 : i+end])
			if !IsName(name) {
				return nil, &Error{Key: "question.expr.name", At: at, Word: name}
			}
			out = append(out, token{tokRef, name, at})
			i += end + 1
		case c == '\'' || c == '"':
			end := strings.IndexByte(src[i+1:], c)
			if end < 0 {
				return nil, &Error{Key: "question.expr.unclosed", At: at}
			}
			out = append(out, token{tokText, src[i+1 : i+1+end], at})
			i += end + 2
		case isDigit(c) || c == '.' && i+1 < len(src) && isDigit(src[i+1]):
			j := i
			for j < len(src) && (isDigit(src[j]) || src[j] == '.') {
				j++
			}
			out = append(out, token{tokNumber, src[i:j], at})
			i = j
		case c == '.':
			out = append(out, token{tokDot, ".", at})
			i++
		case isLetter(c):
			j := i
			for j < len(src) && (isLetter(src[j]) || isDigit(src[j]) || src[j] == '-' && j+1 < len(src) && isLetter(src[j+1])) {
				j++
			}
			out = append(out, token{tokName, src[i:j], at})
			i = j
		default:
			sign := signAt(src[i:])
			if sign == "" {
				r, _ := utf8.DecodeRuneInString(src[i:])
				return nil, &Error{Key: "question.expr.sign", At: at, Word: string(r)}
			}
			out = append(out, token{tokSign, sign, at})
			i += len(sign)
		}
		if len(out) > maxTokens {
			return nil, &Error{Key: "question.expr.long", At: at}
		}
	}
	return append(out, token{tokEnd, "", utf8.RuneCountInString(src) + 1}), nil
}

func signAt(s string) string {
	for _, sign := range []string{"!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "(", ")", ","} {
		if strings.HasPrefix(s, sign) {
			return sign
		}
	}
	return ""
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }

// maxName is the length of the longest name.
const maxName = 60

// IsName reports whether s can name a question: letters a–z, digits and
// underscores, a letter or underscore first.
func IsName(s string) bool {
	if s == "" || len(s) > maxName || isDigit(s[0]) {
		return false
	}
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) {
			return false
		}
	}
	return true
}
