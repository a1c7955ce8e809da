// Package brreg asks the open API of the Brønnøysund Register Centre about
// units: by number, or by name. It knows nothing of what the answers are for.
//
// The API (https://data.brreg.no/enhetsregisteret/api, licence NLOD) needs no
// key. It answers HAL JSON; the version is asked for in Accept. A main unit is
// found under enheter, a place of work under underenheter. What was struck off
// answers 200 with the class SlettetEnhet and a slettedato; what was taken out
// of the open data altogether answers 410. A list without hits has no
// _embedded.
//
// Of an answer only the fields of Unit are read: never addresses, phone
// numbers, mail addresses or roles. The name of a sole proprietorship (form
// ENK) is often that of a person; see Unit.IsPersonal.
//
// The client is polite and impatient: a few calls at a time, one retry, an end
// to how long and how much it reads, and no redirect to another host.
package brreg
