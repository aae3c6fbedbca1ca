namespace SegFunctions.Customers.Identity.Companies;

/// <summary>A name made ready to be compared many times: its words with what the vocabulary says of them.</summary>
public sealed class CompanyProfile
{
    internal CompanyProfile(CompanyName name, CompanyVocabulary vocabulary)
    {
        Name = name;
        Text = name.ToString();
        Words = name.Tokens.Count;
        Texts = new string[Words == 0 ? 0 : (2 * Words) - 1];
        Classes = new CompanyTokenClass[Words];
        Counts = new int[Words];
        Surprise = new double[Words];
        EqualChance = new double[Words];
        NearChance = new double[Words];
        Damage = new int[Words];
        for (var at = 0; at < Words; at++)
        {
            var (text, kind) = name.Tokens[at];
            var isCommon = CompanyWords.Common.Contains(text);
            Texts[at] = text;
            Classes[at] = kind;
            Counts[at] = vocabulary.Count(text);
            Damage[at] = name.Damage(text);
            EqualChance[at] = vocabulary.Chance(Counts[at], isCommon, 2);
            NearChance[at] = vocabulary.Chance(Counts[at], isCommon, 1);
            Surprise[at] = kind switch
            {
                CompanyTokenClass.Filler => 0,
                CompanyTokenClass.Form => -Math.Log(vocabulary.FormChance(text)),
                _ => -Math.Log(NearChance[at]),
            };
            if (at > 0)
                Texts[Words + at - 1] = Texts[at - 1] + text;
        }

        TradingAs = name.TradingAs is null ? null : new CompanyProfile(name.TradingAs, vocabulary);
    }

    /// <summary>The name.</summary>
    public CompanyName Name { get; }

    /// <summary>The parts of the name as text.</summary>
    internal string Text { get; }

    internal int Words { get; }

    /// <summary>The words in the order of the name; from <see cref="Words"/> on, each word with the next.</summary>
    internal string[] Texts { get; }

    internal CompanyTokenClass[] Classes { get; }

    /// <summary>How many names hold each word.</summary>
    internal int[] Counts { get; }

    /// <summary>Nats that each word tells of the company.</summary>
    internal double[] Surprise { get; }

    /// <summary>Chance of each word in a third name, when both compared names hold it.</summary>
    internal double[] EqualChance { get; }

    /// <summary>Chance of each word in another name, when this one alone holds it.</summary>
    internal double[] NearChance { get; }

    /// <summary>Letters of each word that plainly came to harm.</summary>
    internal int[] Damage { get; }

    internal CompanyProfile? TradingAs { get; }
}
