using System.Globalization;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Tables;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>Recognises which columns of a file say who somebody is: by the headers that the customers dataset knows, by more that are common, and by values.</summary>
public static class RecordTables
{
    private const int MostAttributes = 4;
    private const int LevelsLookedAt = 2000;
    private const int FewValues = 20;

    private static readonly Dictionary<string, IdentityField> OfField = new(StringComparer.Ordinal)
    {
        ["title"] = IdentityField.Title,
        ["givenName"] = IdentityField.GivenName,
        ["familyName"] = IdentityField.FamilyName,
        ["fullName"] = IdentityField.FullName,
        ["email"] = IdentityField.Email,
        ["phone"] = IdentityField.Phone,
        ["street"] = IdentityField.Street,
        ["city"] = IdentityField.City,
        ["postalCode"] = IdentityField.PostalCode,
        ["region"] = IdentityField.Region,
        ["country"] = IdentityField.Country,
        ["birthDate"] = IdentityField.BirthDate,
        ["gender"] = IdentityField.Gender,
        ["age"] = IdentityField.Age,
        ["company"] = IdentityField.Company,
    };

    private static readonly Dictionary<string, IdentityField> OfHeader = Headers();

    private static readonly IdentityField[] OfPeople = [IdentityField.GivenName, IdentityField.FamilyName, IdentityField.FullName, IdentityField.BirthDate, IdentityField.Age];

    /// <summary>The columns of a file that take part, read as texts.</summary>
    /// <param name="id">The column of ids, which is never compared; null for the number of the row, from 1.</param>
    public static RecordSet Read(FileTable file, FileColumn? id)
    {
        ArgumentNullException.ThrowIfNull(file);
        var columns = new List<RecordColumn>();
        var unused = new List<(string, string)>();
        var taken = new HashSet<IdentityField>();
        var attributes = 0;
        RecordColumn? country = null;
        var texts = file.Columns.Where(column => column != id).Select(TextOf).ToList();
        if (BirthParts.Find(texts) is { } parts)
        {
            columns.Add(BirthParts.Join(parts.Year, parts.Month, parts.Day));
            taken.Add(IdentityField.BirthDate);
            texts.RemoveAll(text => text == parts.Year || text == parts.Month || text == parts.Day);
        }

        foreach (var text in texts)
        {
            var (field, evidence) = FieldOf(text, columns.Count, taken);
            if (field is IdentityField.Country && country is null)
                country = text with { Field = IdentityField.Country, Evidence = evidence };
            else if (field is null || field is IdentityField.Title or IdentityField.Country or IdentityField.Region)
                unused.Add((text.Name, evidence));
            else if (field is not (IdentityField.Email or IdentityField.Phone or IdentityField.Identifier or IdentityField.Other or IdentityField.StreetLine) && !taken.Add(field.Value))
                unused.Add((text.Name, $"another column is {field} already"));
            else if (field is IdentityField.Other or IdentityField.StreetLine && ++attributes > MostAttributes)
                unused.Add((text.Name, $"there are {MostAttributes} attributes already"));
            else
                columns.Add(text with { Field = field.Value, Evidence = evidence });
        }

        // Who has an age and a day of birth has said the same twice.
        if (taken.Contains(IdentityField.BirthDate) && columns.Find(one => one.Field == IdentityField.Age) is { } age)
        {
            columns.Remove(age);
            unused.Add((age.Name, "the day of birth says it"));
        }

        var name = columns.FindIndex(one => one.Field == IdentityField.FullName);
        if (name >= 0 && !OfPeople.Any(field => field != IdentityField.FullName && taken.Contains(field)) && !taken.Contains(IdentityField.Company) && BusinessNames.AreMost(Sample(columns[name])))
        {
            columns[name] = columns[name] with { Field = IdentityField.Company, Evidence = "its values are names of businesses rather than of people" };
            taken.Remove(IdentityField.FullName);
            taken.Add(IdentityField.Company);
        }

        // The people of one country are many; of a company's names the country is a part.
        if (country is not null && taken.Contains(IdentityField.Company) && !taken.Overlaps(OfPeople))
            columns.Add(country);
        else if (country is not null)
            unused.Add((country.Name, country.Evidence));
        return new RecordSet(IdsOf(file, id), columns, unused);
    }

    private static IReadOnlyList<string> IdsOf(FileTable file, FileColumn? id)
    {
        var ids = new string[file.Rows];
        var text = id is null ? null : TextOf(id);
        for (var row = 0; row < ids.Length; row++)
            ids[row] = text is null ? (row + 1).ToString(CultureInfo.InvariantCulture) : text[row]?.Trim() ?? "";
        return ids;
    }

    /// <summary>A column of numbers or dates as the texts they stand for; files are read as texts where their reader is asked to.</summary>
    private static RecordColumn TextOf(FileColumn column)
    {
        if (column.Kind == FileColumnKind.Text)
            return new RecordColumn(column.Name.Trim(), IdentityField.Other, column.Codes, column.Levels, column.Evidence);
        var codes = new int[column.Numbers.Length];
        var levels = new List<string>();
        var codeOf = new Dictionary<double, int>();
        for (var row = 0; row < codes.Length; row++)
        {
            var number = column.Numbers[row];
            codes[row] = -1;
            if (double.IsNaN(number))
                continue;
            if (!codeOf.TryGetValue(number, out codes[row]))
            {
                codes[row] = levels.Count;
                codeOf.Add(number, levels.Count);
                levels.Add(column.Kind == FileColumnKind.Date
                    ? DateTime.UnixEpoch.AddDays(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : number.ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return new RecordColumn(column.Name.Trim(), IdentityField.Other, codes, levels, column.Evidence);
    }

    private static (IdentityField? Field, string Evidence) FieldOf(RecordColumn column, int before, HashSet<IdentityField> taken)
    {
        var valued = column.Codes.Count(code => code >= 0);
        if (valued == 0)
            return (null, "it holds no value");
        var sample = Sample(column);
        if (HeaderOf(column.Name, taken) is { } field)
        {
            // Titles of papers and films are no Mr and Mrs; a city's column of numbers is none.
            if (field == IdentityField.Title && sample.Average(text => text.Length) > 12)
                return (IdentityField.Other, "its header says title, its values are longer than those of people");
            return (field, $"its header reads {column.Name}");
        }

        if (Share(sample, text => text.Contains('@', StringComparison.Ordinal) && text.LastIndexOf('.') > text.IndexOf('@', StringComparison.Ordinal)) > 0.8)
            return (IdentityField.Email, "its values are e-mail addresses");
        if (Share(sample, text => text.Count(char.IsAsciiDigit) >= 7 && text.All(letter => char.IsAsciiDigit(letter) || " +-()./".Contains(letter, StringComparison.Ordinal)) && (text.Contains('+', StringComparison.Ordinal) || text.Contains('(', StringComparison.Ordinal))) > 0.8)
            return (IdentityField.Phone, "its values are telephone numbers");

        // A column that differs in every record tells nobody apart from anybody, unless nothing else is there.
        var distinct = column.Levels.Count;
        if (distinct == valued && valued > 1 && (before > 0 || Share(sample, text => text.Any(char.IsLetter) && text.Contains(' ', StringComparison.Ordinal)) < 0.5))
            return (null, "every record has another value");
        var hasWords = Share(sample, text => text.Any(char.IsLetter)) > 0.5;
        if (distinct < (hasWords ? Math.Min(FewValues, Math.Max(2, valued / 4)) : FewValues))
            return (null, $"its {distinct} values are too few to tell people apart");
        return (IdentityField.Other, "its values are compared as they are");
    }

    /// <summary>What a header says; of "first_name_2" and "fname_c1" what it says without its number, where that is not taken.</summary>
    private static IdentityField? HeaderOf(string name, HashSet<IdentityField> taken)
    {
        var key = TextFolding.Key(name);
        if (OfHeader.TryGetValue(key, out var field))
            return field;
        var stem = key.TrimEnd("0123456789".AsSpan()).ToString();
        if (stem.Length == key.Length || (!OfHeader.TryGetValue(stem, out field) && !(stem.EndsWith('c') && OfHeader.TryGetValue(stem[..^1], out field))))
            return null;
        if (field is IdentityField.Email or IdentityField.Phone or IdentityField.Identifier || !taken.Contains(field))
            return field;
        return field is IdentityField.GivenName && !taken.Contains(IdentityField.MiddleName) ? IdentityField.MiddleName : null;
    }

    private static List<string> Sample(RecordColumn column)
    {
        var step = Math.Max(1, column.Levels.Count / LevelsLookedAt);
        var sample = new List<string>();
        for (var level = 0; level < column.Levels.Count; level += step)
            sample.Add(column.Levels[level].Trim());
        return sample;
    }

    private static double Share(List<string> sample, Func<string, bool> holds) => sample.Count == 0 ? 0 : (double)sample.Count(holds) / sample.Count;

    private static Dictionary<string, IdentityField> Headers()
    {
        var headers = new Dictionary<string, IdentityField>(StringComparer.Ordinal);
        Add(IdentityField.StreetNumber, "street number|house number|house no|house num|hausnummer|hausnr|numéro|numéro de rue|huisnummer|numero civico|número de casa|street no|housenumber");
        Add(IdentityField.StreetLine, "address line 2|address 2|address2|street 2|complément d'adresse|adresszusatz|building|property");
        Add(IdentityField.MiddleName, "middle name|middlename|mname|midl name|middle|middle initial|mi|second name|second given name|zweiter vorname|deuxième prénom|segundo nombre|secondo nome|tweede voornaam|tussennaam");
        Add(IdentityField.GivenName, "fname|first|firstnm|first nm|given|givenname|forenames|prenoms|name first");
        Add(IdentityField.FamilyName, "lname|last|last nm|family|familyname|last names|surnames|name last|sname");
        Add(IdentityField.FullName, "person name|person|fullname|contact|author name|display name");
        Add(IdentityField.Street, "street name|res street address|address1|addr|addr1|mail addr1|residence|home address|billing address|shipping address|mailing address");
        Add(IdentityField.City, "res city desc|city name|mail city|district|village|ciudad de residencia|locality name|urb");
        Add(IdentityField.PostalCode, "zip5|zipcode|postal|post code|mail zipcode|res zip|pcode");
        Add(IdentityField.Region, "state cd|res state|county desc|state code|province code");
        Add(IdentityField.Phone, "phone num|full phone number|full phone num|phone1|telephone number|mobile number|home phone|work phone|contact number|phone no|tel no|mobile no|cell number");
        Add(IdentityField.Email, "email id|e mail address|mail address|contact email|primary email|user email");
        Add(IdentityField.BirthDate, "birthdate|birth dt|born|born on|dateofbirth|d o b|birth");
        Add(IdentityField.Gender, "gender code|sex code");
        Add(IdentityField.Company, "company name|business|legal name|organization name|organisation name|employer|vendor|vendor name|supplier|supplier name|account");
        Add(IdentityField.Identifier, "soc sec id|ssn|social security number|social security|national id|national insurance number|nino|tax id|tax number|vat|vat number|vat id|siren|siret|passport|passport number|licence number|license number|driver license|drivers lic|insurance number|loyalty id|loyalty card|card number|member number|membership number|external id|device id|anonymous id|numéro de sécurité sociale|sozialversicherungsnummer|steuernummer|ust id|dni|nie|nif|codice fiscale|partita iva|bsn|kvk|medicare|duns");
        foreach (var field in DatasetCatalog.Customers.Fields)
        {
            if (!OfField.TryGetValue(field.Name, out var meant))
                continue;
            foreach (var header in field.Headers.Append(field.Name))
                headers.TryAdd(TextFolding.Key(header), meant);
        }

        return headers;

        void Add(IdentityField field, string names)
        {
            foreach (var name in names.Split('|'))
                headers.TryAdd(TextFolding.Key(name), field);
        }
    }
}
