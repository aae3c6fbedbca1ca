namespace SegFunctions.Customers.Identity.Companies;

/// <summary>A company's name taken apart: what names it, its legal form, where it is, and words that say little.</summary>
/// <remarks>Parsing <see cref="ToString"/> gives the same parts again.</remarks>
public sealed class CompanyName
{
    private readonly IReadOnlyDictionary<string, int> _damage;

    private CompanyName(IReadOnlyList<CompanyToken> tokens, CompanyName? tradingAs, IReadOnlyDictionary<string, int> damage)
    {
        _damage = damage;
        Tokens = tokens;
        TradingAs = tradingAs;
        Core = Texts(CompanyTokenClass.Core);
        Numbers = Texts(CompanyTokenClass.Number);
        Places = Texts(CompanyTokenClass.Place);
        Descriptors = Texts(CompanyTokenClass.Descriptor);
        Forms = [.. Texts(CompanyTokenClass.Form).Select(code => LegalForms.ByCode[code])];
    }

    /// <summary>Every part in the order of the name; connectives and articles are gone.</summary>
    public IReadOnlyList<CompanyToken> Tokens { get; }

    /// <summary>The words that name the company; empty only when the text holds no letter and no digit.</summary>
    public IReadOnlyList<string> Core { get; }

    /// <summary>Numbers in digits without leading zeros.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>Countries and cities.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>Words such as group, holding, sons.</summary>
    public IReadOnlyList<string> Descriptors { get; }

    /// <summary>The legal forms, mostly one or none.</summary>
    public IReadOnlyList<LegalForm> Forms { get; }

    /// <summary>The other name after "trading as", "dba", "formerly"; null when there is none.</summary>
    public CompanyName? TradingAs { get; }

    /// <summary>Takes a name apart.</summary>
    /// <param name="text">The name as written, in any case and script.</param>
    public static CompanyName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = CompanyNameParser.Parse(text);
        var damage = WordDamage.Of(text);
        CompanyName? name = null;
        for (var at = parts.Count - 1; at >= 0; at--)
            name = new CompanyName(parts[at], name, damage);
        return name!;
    }

    /// <summary>The parts as text, one blank between.</summary>
    public override string ToString() => CompanyNameParser.Write(Tokens) + (TradingAs is null ? "" : " dba " + TradingAs);

    /// <summary>Letters of a word that plainly came to harm, as in "Gusik]wski".</summary>
    internal int Damage(string word) => _damage.GetValueOrDefault(word);

    private IReadOnlyList<string> Texts(CompanyTokenClass kind) => [.. Tokens.Where(token => token.Class == kind).Select(token => token.Text)];
}
