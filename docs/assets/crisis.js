// Whether what is typed into the search speaks of suicide or self-harm, so that the help lines come first. It hears a
// few words too many, such as a researcher's: a help line shown in vain does no harm. tests/crisis.yml holds it.
const CRISIS = RegExp(
  "\\b(" +
    [
      "sc?u[aei]*[cs][ei]*d\\w*", // suicide, suicidal, suiside, sucide
      "unaliv\\w*|k[my]s|slit my",
      "(kil+|hang|hurt|harm|cutt?|shoot|drown|poison)(ing|s|ed)? (my|me|your?|h\\w+|them|one) ?s[el]+[fv]\\w*",
      "self ?(harm|inj|hurt)\\w*",
      "(end|tak|took)(e|ing)? (my|your|his|her|their)( own)? li[fv]e",
      "end(ing)? it all|goodbye (note|letter)|like dying|tired of living",
      "(w[an]+t?(s|ed)?|wish|rather|let me|to) (to |2 )?(be )?(die|dead|end it)",
      "wish i \\w+ (\\w+ )?(die|dead|alive|born|here)",
      "(do(es)?nt|not|longer|never) w[an]+t?(s|ed)? (to )?(live|exist|be alive|be here|wake up)",
      "better of+ (dead|without me)",
      "can( ?no)?t (go on(?! (a|the|my|hol|vac|trip))|(take|do|live|cope|stand)( it| this| like| with)* any ?more)",
      "(no (reason|point) (to|in)|not worth) liv\\w*",
      "over ?dos\\w* (on purpose|inten|delib|myself)\\w*|(inten|delib)\\w* over ?dos\\w*|(leth|fat)al (over ?)?dose"
    ].join("|") +
    ")\\b"
)

function isCrisis(text) {
  return CRISIS.test(text.toLowerCase().replace(/['’`]/g, "").replace(/\W+/g, " "))
}
