using SegFunctions.Customers.Identity.Strings;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>E-mail addresses in one spelling: small letters, without blanks; where the provider ignores dots and what follows a plus, so do we.</summary>
internal static class EmailForm
{
    private static readonly HashSet<string> NobodysLocals = new(StringComparer.Ordinal)
    {
        "test", "tests", "testing", "tester", "unknown", "none", "null", "na", "n.a", "noemail", "no-email", "nomail", "no.email", "noreply", "no-reply", "donotreply", "do-not-reply",
        "xxx", "xx", "x", "aaa", "asdf", "abc", "foo", "nobody", "anonymous", "dummy", "fake", "invalid", "missing", "inconnu", "unbekannt", "keine", "aucun", "sconosciuto", "onbekend", "geen", "ninguno",
    };

    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal)
    {
        "info", "contact", "contacts", "kontakt", "contacto", "contatti", "hello", "hallo", "bonjour", "hola", "office", "buero", "bureau", "mail", "email", "post", "sales", "vertrieb", "verkauf", "verkoop", "ventas", "vendite",
        "service", "kundenservice", "support", "help", "admin", "administration", "administracion", "amministrazione", "administratie", "webmaster", "team", "marketing", "accounts", "accounting", "billing", "buchhaltung",
        "rechnung", "compta", "comptabilite", "hr", "jobs", "orders", "bestellung", "commande", "purchasing", "einkauf", "achats", "reception", "enquiries", "inquiries", "shop", "secretariat", "zentrale", "accueil", "management",
    };

    private static readonly HashSet<ulong> RoleHashes = [.. Roles.Select(role => ByteHash.Hash64(System.Text.Encoding.ASCII.GetBytes(role)))];

    private static readonly HashSet<string> NobodysDomains = new(StringComparer.Ordinal) { "test.com", "test.test", "invalid", "localhost", "none.com", "noemail.com", "nomail.com", "na.com" };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Locals = NobodysLocals.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Domains = NobodysDomains.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Writes the address; 0 when it is none or nobody's.</summary>
    /// <param name="target">As long as the text.</param>
    /// <param name="at">Where its @ stands.</param>
    public static int Write(ReadOnlySpan<char> text, Span<char> target, out int at)
    {
        at = -1;
        text = text.Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            text = text[7..];
        // "Ann Smith <ann@example.org>"
        var open = text.LastIndexOf('<');
        if (open >= 0)
            text = text[(open + 1)..].TrimEnd('>');
        var mark = text.LastIndexOf('@');
        if (mark <= 0 || mark == text.Length - 1)
            return 0;
        var domain = text[(mark + 1)..].Trim().TrimEnd('.');
        var isGmail = domain.Equals("gmail.com", StringComparison.OrdinalIgnoreCase) || domain.Equals("googlemail.com", StringComparison.OrdinalIgnoreCase);
        var length = 0;
        foreach (var letter in text[..mark])
        {
            if (letter == '+')
                break;
            if (char.IsWhiteSpace(letter) || (letter == '.' && isGmail))
                continue;
            target[length++] = char.ToLowerInvariant(letter);
        }

        if (length == 0 || Locals.Contains(target[..length]))
            return 0;
        at = length;
        target[length++] = '@';
        if (isGmail)
        {
            "gmail.com".CopyTo(target[length..]);
            return length + 9;
        }

        foreach (var letter in domain)
        {
            if (!char.IsWhiteSpace(letter))
                target[length++] = char.ToLowerInvariant(letter);
        }

        return Domains.Contains(target[(at + 1)..length]) ? 0 : length;
    }

    /// <summary>Whether an address before its @ names what somebody does and not who: every company has its <c>info@</c>.</summary>
    public static bool IsRole(ReadOnlySpan<byte> local) => RoleHashes.Contains(ByteHash.Hash64(local));

    /// <summary>
    /// Whether two addresses differ by a slip of the finger: in letters alone, for digits are put there to tell people of one name
    /// apart.
    /// </summary>
    public static bool IsSlip(TextPool pool, int left, int right)
    {
        var (leftLength, rightLength) = (pool.Length(left), pool.Length(right));
        return Math.Abs(leftLength - rightLength) <= 1 && SameDigits(pool[left], pool[right]) && pool.Distance(left, right, 1) == 1;
    }

    private static bool SameDigits(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var at = 0;
        foreach (var letter in left)
        {
            if (letter is < (byte)'0' or > (byte)'9')
                continue;
            while (at < right.Length && right[at] is < (byte)'0' or > (byte)'9')
                at++;
            if (at == right.Length || right[at++] != letter)
                return false;
        }

        while (at < right.Length)
        {
            if (right[at++] is >= (byte)'0' and <= (byte)'9')
                return false;
        }

        return true;
    }
}
