using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>Whether e-mail addresses, telephone numbers and postal codes have a form that can be right. Nothing is allocated for ordinary ones.</summary>
internal static class ContactRules
{
    // Form of postal codes: 9 a digit, A a letter; blanks and dashes are left out. Several forms are parted by a bar.
    private static readonly Dictionary<string, string> PostalForms = Forms(
        ("99999", "fr|fra|france|frankreich|francia|frankrijk|de|deu|germany|allemagne|deutschland|alemania|germania|duitsland|es|esp|spain|espagne|spanien|espana|spagna|spanje|it|ita|italy|italie|italien|italia|fi|fin|finland|finlande|finnland|se|swe|sweden|suede|schweden|suecia|svezia|zweden"),
        ("9999", "be|bel|belgium|belgique|belgien|belgica|belgio|belgie|ch|che|switzerland|suisse|schweiz|suiza|svizzera|zwitserland|at|aut|austria|autriche|osterreich|oostenrijk|lu|lux|luxembourg|luxemburg|dk|dnk|denmark|danemark|danimarca|dinamarca|denemarken|no|nor|norway|norvege|norwegen|noruega|norvegia|noorwegen|au|aus|australia|australie|australien"),
        ("9999AA|9999", "nl|nld|netherlands|the netherlands|holland|pays bas|niederlande|paises bajos|paesi bassi|nederland"),
        ("A99AA|A999AA|AA99AA|AA999AA|A9A9AA|AA9A9AA", "gb|gbr|uk|united kingdom|great britain|england|royaume uni|grande bretagne|grossbritannien|vereinigtes konigreich|reino unido|regno unito|verenigd koninkrijk"),
        ("99999|999999999", "us|usa|united states|united states of america|etats unis|vereinigte staaten|estados unidos|stati uniti|verenigde staten"),
        ("A9A9A9", "ca|can|canada|kanada"),
        ("9999999|9999", "pt|prt|portugal|portogallo"),
        ("99999", "pl|pol|poland|pologne|polen|polonia"));

    /// <summary>One address of the usual form: a name, an at sign, a domain with a point.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at is < 1 or > 64 || text.Length > 254)
            return false;
        var name = text[..at];
        if (name[0] == '.' || name[^1] == '.' || name.IndexOf(".."u8) >= 0 || name.IndexOfAny(" \t,;:<>()[]\\\"@"u8) >= 0)
            return false;
        var domain = text[(at + 1)..];
        var lastPoint = domain.LastIndexOf((byte)'.');
        if (lastPoint < 1 || domain.Length - lastPoint < 3 || domain.IndexOf(".."u8) >= 0 || domain[0] == '-')
            return false;
        foreach (var character in domain)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)'.' or (byte)'-') && character < 0x80)
                return false;
        }

        return domain[(lastPoint + 1)..].IndexOfAnyInRange((byte)'0', (byte)'9') < 0 || domain[(lastPoint + 1)..].StartsWith("xn--"u8);
    }

    /// <summary>An address that programs and hurried people fill in so that something stands there.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<byte> address)
    {
        var at = address.LastIndexOf((byte)'@');
        if (at < 1)
            return false;
        Span<byte> small = stackalloc byte[Math.Min(address.Length, 254)];
        for (var place = 0; place < small.Length; place++)
            small[place] = address[place] is >= (byte)'A' and <= (byte)'Z' ? (byte)(address[place] + 32) : address[place];
        if (at >= small.Length)
            return false;
        var name = small[..at];
        var domain = small[(at + 1)..];
        return name.SequenceEqual("test"u8) || name.SequenceEqual("none"u8) || name.SequenceEqual("noreply"u8) || name.SequenceEqual("no-reply"u8) || name.SequenceEqual("xxx"u8) || name.SequenceEqual("aaa"u8) || name.SequenceEqual("unknown"u8) || name.SequenceEqual("noemail"u8)
            || domain.SequenceEqual("test.com"u8) || domain.SequenceEqual("none.com"u8) || domain.SequenceEqual("email.com"u8) || domain.SequenceEqual("noemail.com"u8) || domain.EndsWith(".invalid"u8);
    }

    /// <summary>Between 6 and 15 digits, with nothing but the signs between them that people use, and not one digit all along.</summary>
    public static bool IsPhone(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        var first = -1;
        var differs = false;
        for (var place = 0; place < text.Length; place++)
        {
            var character = text[place];
            if (char.IsAsciiDigit((char)character))
            {
                digits++;
                differs |= first >= 0 && first != character;
                first = first < 0 ? character : first;
            }
            else if (character is (byte)'x' or (byte)'e' && digits >= 6)
            {
                // An extension follows; the number before it is whole.
                break;
            }
            else if (!" +-./()"u8.Contains(character) && character < 0x80)
            {
                return false;
            }
        }

        return digits is >= 6 and <= 15 && differs;
    }

    /// <summary>The forms that postal codes of a country have, or null where the country is not known here.</summary>
    public static string? PostalFormsOf(ReadOnlySpan<byte> country) =>
        country.Length > 64 ? null : PostalForms.GetValueOrDefault(TextFolding.Key(Encoding.UTF8.GetString(country)));

    /// <summary>Whether a postal code has one of the forms.</summary>
    public static bool HasForm(ReadOnlySpan<byte> code, string forms)
    {
        foreach (var form in forms.AsSpan().Split('|'))
        {
            if (IsOf(code, forms.AsSpan(form)))
                return true;
        }

        return false;
    }

    private static bool IsOf(ReadOnlySpan<byte> code, ReadOnlySpan<char> form)
    {
        var place = 0;
        foreach (var character in code)
        {
            if (character is (byte)' ' or (byte)'-')
                continue;
            if (place == form.Length || (form[place] == '9' ? !char.IsAsciiDigit((char)character) : !char.IsAsciiLetter((char)character)))
                return false;
            place++;
        }

        return place == form.Length;
    }

    private static Dictionary<string, string> Forms(params ReadOnlySpan<(string Forms, string Countries)> known)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (form, countries) in known)
        {
            foreach (var country in countries.Split('|'))
                forms[TextFolding.Key(country)] = form;
        }

        return forms;
    }
}
