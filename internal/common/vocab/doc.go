// Package vocab is under construction.
package vocab
