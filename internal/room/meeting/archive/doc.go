// Package archive makes the package in which a case or a meeting is handed to an archive:
// one zip with arkivmelding messages (KS Fiks Arkiv V1, which builds on Noark 5), the
// papers as PDF, the files as they were handed in, and a manifest with the size and the
// SHA-256 of each. No archive system has to be connected.
//
// A message of the standard creates one folder or one record, so the package has several:
// arkivmelding-000.xml creates the folder (saksmappe or moetemappe), those after it a
// record each (journalpost, moetedokument, moetesak) that refers to it. They are to be read
// in the order of their names. sha256sums.txt can be checked with sha256sum -c.
//
// What is in it is what its reader may read: the secretary gets the whole case with what
// is to be shielded marked so (skjerming with the rule of law), others what is open. The
// caller reads the case as the reader and hands it over; nothing is read here.
//
// The standard's votes are Ja, Nei and Blankt. A reservation and a recusal are neither, so
// they stand in the words of behandlingsprotokoll.
package archive
