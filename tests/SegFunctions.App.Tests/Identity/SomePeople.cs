using System.Globalization;
using System.Text;

namespace SegFunctions.App.Tests.Identity;

/// <summary>Files of customers: strangers to each other, but for those that a test adds.</summary>
internal static class SomePeople
{
    public const string Header = "customer_id,first_name,last_name,email,phone,street,city,postal_code,birth_date\n";
    public const string CompanyHeader = "customer_id,company,city,country\n";

    private static readonly string[] Given = ["Anna", "Bruno", "Clara", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Karla", "Leon", "Mia", "Nils", "Olga", "Paul"];
    private static readonly string[] Family = ["Albrecht", "Bergmann", "Carstens", "Dietrich", "Engelhardt", "Fuhrmann", "Gerlach", "Hartwig", "Iversen", "Jansen", "Kaufmann", "Lindner", "Mertens", "Neumann", "Osterloh", "Petersen", "Quandt", "Reimann", "Schubert", "Thomsen"];
    private static readonly string[] Cities = ["Lyon", "Lille", "Nantes", "Rennes", "Dijon"];

    /// <summary>Strangers with ids from <c>C0000</c> on.</summary>
    public static string Csv(int customers)
    {
        var text = new StringBuilder(Header);
        for (var number = 0; number < customers; number++)
        {
            var (given, family) = (Given[number % Given.Length], Family[number * 7 % Family.Length]);
            text.Append(CultureInfo.InvariantCulture, $"C{number:0000},{given},{family},{given}.{family}{number}@example.org,+33{400_000_000 + (number * 1_234_567L)},{Family[(number + 3) % Family.Length]}weg-{1 + (number * 13 % 90)},{Cities[number % 5]},{10000 + (number * 137 % 80000)},{1950 + (number * 5 % 50)}-{1 + (number % 12):00}-{1 + (number * 3 % 28):00}\n");
        }

        return text.ToString();
    }

    /// <summary>Companies with ids from <c>F000</c> on.</summary>
    public static string Companies(int companies)
    {
        var text = new StringBuilder(CompanyHeader);
        for (var number = 0; number < companies; number++)
            text.Append(CultureInfo.InvariantCulture, $"F{number:000},{Family[number % Family.Length]} {(number < Family.Length ? "Bau" : "Logistik")} {(number % 3 == 0 ? "AG" : "KG")},{Cities[number % 5]},France\n");
        return text.ToString();
    }
}
