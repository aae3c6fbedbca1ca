namespace SegFunctions.Customers.Identity.Phonetics;

/// <summary>Spellings and the sound they stand for: the longest that fits is taken, what is left over keeps its letter.</summary>
/// <remarks>Own tables in the manner of L. Philips' Metaphone (1990): vowels count at the beginning only, double sounds once.</remarks>
internal sealed class SoundRules
{
    private const int LongestSpelling = 5;
    private const string Vowels = "aeiouy";

    private readonly Dictionary<string, string> _sounds;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="rules">"spelling>sound" apart by blanks; <c>^</c> stands for the beginning and <c>$</c> for the end.</param>
    private SoundRules(string rules)
    {
        _sounds = rules.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(rule => rule.Split('>')).ToDictionary(rule => rule[0], rule => rule[1], StringComparer.Ordinal);
        _lookup = _sounds.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>English, with the names from elsewhere that English speakers bear.</summary>
    public static SoundRules English { get; } = new(
        "^kn>n ^gn>n ^pn>n ^wr>r ^ps>s ^x>s ^wh>w ^mac>mk ^mc>mk ^o'>o ^sch>S ^th>t "
        + "tch>X ch>X ck>k sh>S sch>S ph>f gh> ght>t dge>j dg>j th>0 tio>So sio>So cia>Sa ce>s ci>s cy>s ge>j gi>j gy>j "
        + "c>k q>k qu>kw x>ks z>s v>f w>w wr>r mb$>m mn$>m gn$>n lm>m lk>k sc>sk sce>s sci>s kn>n h> y>i ey>i ie>i ee>i ea>i "
        + "g>k d>t b>p");

    /// <summary>French: silent ends, nasal vowels, the spellings of o and e.</summary>
    public static SoundRules French { get; } = new(
        "eau>o aux$>o eaux$>o au>o ault$>o aud$>o aut$>o ot$>o ots$>o oux$>u ou>u oi>wa ai>e ay>e ei>e et$>e er$>e ez$>e es$> e$> s$> t$> d$> x$> ts$> ds$> "
        + "ch>S sch>S ph>f qu>k gu>g gn>N ill>j th>t c>k ce>s ci>s cy>s ge>j gi>j gy>j ck>k q>k z>s x>ks h> y>i w>v "
        + "an>A am>A en>A em>A in>I im>I ain>I ein>I aim>I yn>I ym>I on>O om>O un>I");

    /// <param name="name">Small letters without accents.</param>
    /// <param name="code">Room for three times the name.</param>
    /// <returns>Length of the code.</returns>
    public int Encode(ReadOnlySpan<char> name, Span<char> code)
    {
        Span<char> marked = stackalloc char[66];
        var length = Math.Min(name.Length, 64);
        marked[0] = '^';
        name[..length].CopyTo(marked[1..]);
        marked[length + 1] = '$';
        ReadOnlySpan<char> text = marked[..(length + 2)];
        var written = 0;
        for (var at = 0; at < text.Length;)
        {
            var taken = 0;
            for (var size = Math.Min(LongestSpelling, text.Length - at); size > 0 && taken == 0; size--)
            {
                if (!_lookup.TryGetValue(text.Slice(at, size), out var sound))
                    continue;
                taken = size;
                foreach (var letter in sound)
                    Write(letter, code, ref written);
                // The end belongs to no sound, nor does a vowel that only softens the letter before.
                if (text[at + size - 1] == '$' || (size > 1 && sound.Length == 1 && Vowels.Contains(text[at + size - 1], StringComparison.Ordinal) && !Vowels.Contains(text[at], StringComparison.Ordinal)))
                    taken = Math.Max(1, size - 1);
            }

            if (taken == 0)
            {
                if (text[at] is not ('^' or '$' or ' '))
                    Write(text[at], code, ref written);
                taken = 1;
            }

            at += taken;
        }

        return written;
    }

    private static void Write(char sound, Span<char> code, ref int written)
    {
        var isVowel = sound is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
        if (isVowel ? written == 0 : written == 0 || code[written - 1] != sound)
            code[written++] = isVowel ? 'a' : sound;
    }
}
