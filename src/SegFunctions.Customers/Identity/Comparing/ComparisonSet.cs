using SegFunctions.Customers.Identity.Blocking;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>The comparisons that a table allows.</summary>
internal sealed class ComparisonSet
{
    // Nobody lives in a home with more than a handful of records; a name may be anybody's.
    private const double NameSharers = 1;
    private const double HomeSharers = 0.2;
    private const double IdentifierSharers = 1e-4;
    private const double PhoneSharers = 0.05;
    private const double EmailSharers = 1e-3;

    private ComparisonSet(IReadOnlyList<Comparison> comparisons, IReadOnlyList<(GramColumn Column, Func<IReadOnlyList<string>> Texts, string Name)> grams, Kin kin)
    {
        Comparisons = comparisons;
        Grams = grams;
        Kin = kin;
        Frequencies = [.. comparisons.SelectMany(one => one.Frequencies)];
        Companies = [.. comparisons.OfType<CompanyComparison>()];
    }

    public IReadOnlyList<Comparison> Comparisons { get; }

    public IReadOnlyList<ValueFrequency> Frequencies { get; }

    public IReadOnlyList<CompanyComparison> Companies { get; }

    /// <summary>Letters to find records by, where little else is there.</summary>
    public IReadOnlyList<(GramColumn Column, Func<IReadOnlyList<string>> Texts, string Name)> Grams { get; }

    /// <summary>Who else than strangers a pair must be told from.</summary>
    public Kin Kin { get; }

    public static ComparisonSet Of(Traits traits, IdentityOptions options)
    {
        var comparisons = new List<Comparison>();
        var isPersons = traits.Given is not null || traits.BirthDates is not null;
        if (traits is { Given: { } given, Family: { } family, Generations: { } generations })
        {
            var names = traits.Names;
            var families = new ValueFrequency("familyName", family, names.Texts.Hash, NameSharers);
            var givenNames = new GivenNameComparison(names, given, family, new ValueFrequency("givenName", given, names.Texts.Hash, NameSharers), families);
            comparisons.Add(givenNames);
            comparisons.Add(new FamilyNameComparison(names, family, families, givenNames));
            comparisons.Add(new GenerationComparison(generations));
            if (traits.Middles is { } middles)
                comparisons.Add(new MiddleNameComparison(names, middles, new ValueFrequency("middleName", middles, names.Texts.Hash, NameSharers)));
        }

        if (traits.BirthDates is { } birthDates)
            comparisons.Add(new BirthDateComparison(traits.Dates, birthDates, new ValueFrequency("birthDate", birthDates, traits.Dates.Hash, NameSharers)));
        else if (traits.Ages is { } ages)
            comparisons.Add(new AgeComparison(ages, new ValueFrequency("age", ages, age => (ulong)age, NameSharers)));
        if (traits.Home is { } home)
        {
            comparisons.Add(new HomeComparison(
                home,
                new ValueFrequency("dwelling", home.Dwellings, traits.DwellingHash, HomeSharers),
                new ValueFrequency("street", home.Streets, home.Texts.Hash, NameSharers),
                new ValueFrequency("city", home.Cities, home.Texts.Hash, NameSharers),
                new ValueFrequency("postalCode", home.PostalCodes, home.Texts.Hash, NameSharers)));
        }

        foreach (var (name, texts, codes) in traits.Phones)
            comparisons.Add(new PhoneComparison(name, texts, codes, new ValueFrequency(name, codes, texts.Hash, PhoneSharers, options.RecordsPerPhone)));
        foreach (var emails in traits.Emails)
        {
            comparisons.Add(new EmailComparison(
                emails,
                NamesOf(traits),
                new ValueFrequency(emails.Name, emails.Codes, emails.Texts.Hash, EmailSharers, options.RecordsPerIdentifier),
                new ValueFrequency(emails.Name + " before @", emails.Locals, emails.LocalTexts.Hash, NameSharers)));
        }

        foreach (var (name, texts, codes) in traits.Identifiers)
            comparisons.Add(new IdentifierComparison(name, texts, codes, new ValueFrequency(name, codes, texts.Hash, IdentifierSharers, options.RecordsPerIdentifier)));
        if (traits.Genders is { } genders)
            comparisons.Add(new GenderComparison(genders, traits.Given));
        var kin = KinOf(traits, isPersons);
        var companies = new List<CompanyComparison>();
        foreach (var company in traits.Companies)
            companies.Add(new CompanyComparison(company, isPersons ? new ValueFrequency(company.Name + " core", company.Cores, company.CoreTexts.Hash, NameSharers) : null, kin));
        comparisons.AddRange(companies);
        foreach (var (name, texts, letters, codes, _) in traits.Attributes)
            comparisons.Add(new AttributeComparison(name, texts, letters, codes, codes == traits.SecondLine ? traits.Home : null, new ValueFrequency(name, codes, texts.Hash, NameSharers)));
        var isRich = traits.BirthDates is not null || traits.Home is not null;
        return new ComparisonSet([.. comparisons.Take(Agreement.MostComparisons)], GramsOf(traits, companies, isRich), kin);
    }

    private static Kin KinOf(Traits traits, bool isPersons)
    {
        // People of a home are told apart where there is something that a home shares and something that only one person has.
        if (isPersons)
            return traits.Home is not null || traits.Phones.Count > 0 || traits.Emails.Count > 0 ? Kin.Home : Kin.None;
        if (traits.Companies.Count == 0)
            return Kin.None;
        return traits.HasStreets || traits.Phones.Count > 0 ? Kin.Outlets : Kin.House;
    }

    private static NamedLocals? NamesOf(Traits traits) => traits is { Given: { } given, Family: { } family } ? new NamedLocals(traits.Names.Texts, given, family) : null;

    private static List<(GramColumn, Func<IReadOnlyList<string>>, string)> GramsOf(Traits traits, List<CompanyComparison> companies, bool isRich)
    {
        var grams = new List<(GramColumn, Func<IReadOnlyList<string>>, string)>();
        if (traits.Given is null)
        {
            for (var at = 0; at < companies.Count; at++)
            {
                var company = companies[at];
                grams.Add((new GramColumn(traits.Companies[at].Codes, 1 + (ulong)grams.Count), () => company.Texts, company.Name));
            }
        }

        if (isRich)
            return grams;
        foreach (var attribute in traits.Attributes)
            grams.Add((new GramColumn(attribute.Codes, 1 + (ulong)grams.Count), () => attribute.Values, attribute.Name));
        return grams;
    }
}
