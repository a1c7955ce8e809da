// Package evaluate measures the linker on sets of texts with known unit groups.
package evaluate
