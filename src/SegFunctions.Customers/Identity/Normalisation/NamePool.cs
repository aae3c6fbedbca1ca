using SegFunctions.Customers.Identity.Phonetics;
using SegFunctions.Customers.Identity.Strings;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>Folded names of people with how they sound and whose pet forms they are.</summary>
/// <remarks>Given and family names share the pool, so that exchanged ones are found equal by number.</remarks>
internal sealed class NamePool
{
    private readonly List<Sound> _sounds = [];
    private readonly List<int[]> _groups = [];

    public TextPool Texts { get; } = new();

    /// <summary>Adds a folded name; −1 when it is empty.</summary>
    public int Add(ReadOnlySpan<char> name)
    {
        var code = Texts.Add(name);
        if (code == _sounds.Count)
        {
            var first = name.IndexOf(' ') is > 0 and var blank ? name[..blank] : name;
            _sounds.Add(SoundOf(name));
            _groups.Add(Nicknames.Of(first).ToArray());
        }

        return code;
    }

    /// <summary>How the name sounds, for finding candidates: the ear of English speakers, which is the coarsest.</summary>
    public ulong Key(int code) => _sounds[code].English;

    public bool SoundAlike(int left, int right)
    {
        var (one, other) = (_sounds[left], _sounds[right]);
        return one.English == other.English || one.French == other.French || one.Cologne == other.Cologne;
    }

    /// <summary>Whether a machine that reads print, or an eye, would take one for the other: "rn" for "m", "1" for "l".</summary>
    public bool LookAlike(int left, int right) => _sounds[left].Look == _sounds[right].Look;

    public bool AreNicknames(int left, int right) => Nicknames.Share(_groups[left], _groups[right]);

    /// <summary>The folded words of a name that are part of it; empty for "unknown" and the like.</summary>
    public static string Clean(string text)
    {
        var folded = TextFolding.Fold(text);
        return Placeholders.IsNobody(folded) ? "" : folded;
    }

    private static Sound SoundOf(ReadOnlySpan<char> name)
    {
        name = name[..Math.Min(name.Length, EqualBytes.Longest)];
        Span<char> sounds = stackalloc char[3 * EqualBytes.Longest];
        Span<byte> letters = stackalloc byte[EqualBytes.Longest];
        Span<byte> digits = stackalloc byte[2 * EqualBytes.Longest];
        var english = HashOf(sounds[..SoundRules.English.Encode(name, sounds)], name);
        var french = HashOf(sounds[..SoundRules.French.Encode(name, sounds)], name);
        for (var i = 0; i < name.Length; i++)
            letters[i] = name[i] < 128 ? (byte)name[i] : (byte)0;
        var length = ColognePhonetics.Encode(letters[..name.Length], digits);
        var cologne = length > 1 ? ByteHash.Hash64(digits[..length]) : HashOf([], name);
        return new Sound(english, french, cologne, LookOf(name));
    }

    /// <summary>A name without a sound of its own (of another script, of a vowel) sounds like itself alone.</summary>
    private static ulong HashOf(ReadOnlySpan<char> sound, ReadOnlySpan<char> name) =>
        ByteHash.Hash64(System.Runtime.InteropServices.MemoryMarshal.AsBytes(sound.Length > 1 ? sound : name));

    private static ulong LookOf(ReadOnlySpan<char> name)
    {
        Span<char> look = stackalloc char[EqualBytes.Longest];
        var length = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var pair = i + 1 < name.Length ? (name[i], name[i + 1]) : default;
            var single = pair switch
            {
                ('r', 'n') => 'm',
                ('c', 'l') => 'd',
                ('v', 'v') => 'w',
                _ => '\0',
            };
            i += single == '\0' ? 0 : 1;
            look[length++] = single != '\0' ? single : name[i] switch
            {
                '0' => 'o',
                '1' or 'i' or 'j' => 'l',
                '5' => 's',
                '6' => 'b',
                '8' => 'b',
                'v' => 'u',
                'c' => 'e',
                'q' or '9' => 'g',
                var letter => letter,
            };
        }

        return ByteHash.Hash64(System.Runtime.InteropServices.MemoryMarshal.AsBytes(look[..length]));
    }

    private readonly record struct Sound(ulong English, ulong French, ulong Cologne, ulong Look);
}
