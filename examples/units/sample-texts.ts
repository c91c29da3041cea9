/** A document with two headings and a table. */
export const markdown = `# Hi

A *short* document, to see how [Markdown](https://spec.commonmark.org/) comes out.

## Tall and **small**

| Mountain | Height in km |
| -------- | -----------: |
| Everest  |          8.8 |
| Cho Oyu  |          8.2 |
| Manaslu  |          8.1 |

- [x] Headings
- [ ] Everything else
`;

/** Rust, which nobody has to say. */
export const code = `use std::collections::HashMap;

/// How often each word occurs.
pub fn count(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}
`;

/** The planets: equatorial diameter in km, year in days of Earth. */
export const csv = `planet,diameter,year,rings
Mercury,4879,88,false
Venus,12104,224.7,false
Earth,12756,365.2,false
Mars,6792,687,false
Jupiter,142984,4331,true
Saturn,120536,10747,true
Uranus,51118,30589,true
Neptune,49528,59800,true
`;

export const before = "Roses are red,\nViolets are blue,\nSugar is sweet.\n";
export const after = "Roses are red,\nViolets are violet,\nSugar is sweet.\n";
export const patch = `--- a/poem.txt
+++ b/poem.txt
@@ -1,3 +1,3 @@
 Roses are red,
-Violets are blue,
+Violets are violet,
 Sugar is sweet.
`;

/** The position every game of chess starts from. */
export const chessStart = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1";

export const worksheet = `2 inch to cm
z = 3 + 4i
abs(z)
det([1, 2; 3, 4])`;

export const sql = `DROP TABLE IF EXISTS mountains;
CREATE TABLE mountains (name TEXT, continent TEXT, metres INTEGER);
INSERT INTO mountains VALUES ('Everest', 'Asia', 8849), ('K2', 'Asia', 8611), ('Kilimanjaro', 'Africa', 5895);
SELECT continent, count(*) AS peaks, max(metres) AS highest FROM mountains GROUP BY continent ORDER BY highest DESC;`;
