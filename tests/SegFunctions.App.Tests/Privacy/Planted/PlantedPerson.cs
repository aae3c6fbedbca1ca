using SegFunctions.Customers;

namespace SegFunctions.App.Tests.Privacy.Planted;

/// <summary>A person of whom all seven datasets tell, in words that occur nowhere else: each holds <see cref="Token"/>.</summary>
internal static class PlantedPerson
{
    /// <summary>Stands in every value of the person, in any case.</summary>
    public const string Token = "zqxj";

    public const string Id = "ZQXJ-id-7731";

    /// <summary>Columns of the order file.</summary>
    public const string OrderHeader = "order_id,order_date,customer_id,sku,quantity,unit_price,country\n";

    /// <summary>As the files spell it, but for the case of letters.</summary>
    public const string Mail = "zqxj.mail@example.org";

    public const string Visitor = "zqxj-browser-1";

    /// <summary>Files by their names in <c>uploads</c>: the person beside other customers, accepted rows and refused ones.</summary>
    /// <param name="others">Order lines of other customers, under <see cref="OrderHeader"/>.</param>
    public static IReadOnlyList<(string Name, string Content)> Files(string others) =>
    [
        ("orders/shop.csv", Orders(others)),
        ("customers/people.csv",
            "customer_id,given_name,family_name,email,phone,street,city,postal_code,country,birth_date,favourite_colour,second_mail\n"
            + "C0001,Ann,Miller,ann@example.org,+44 20 1,1 High St,Leeds,LS1,GB,1980-01-02,red,ann2@example.org\n"
            + $"{Id},Zqxjgiven,Zqxjfamily,Zqxj.mail@example.org,+49 30 zqxj 55 77,\"Zqxjstreet 7, back\",Zqxjcity,zqxj1,DE,1977-07-07,zqxjblue,other.zqxj@example.org\n"
            + $",Zqxjgiven,Zqxjfamily,zqxj.mail@example.org,,,,,,,zqxjblue,\n"),
        ("events/clicks.csv",
            "event_id,customer_id,anonymous_id,timestamp,type,url,properties\n"
            + "E1,C0001,b-1,2026-02-01T10:00:00Z,view,https://shop/1,{}\n"
            + $"E2,{Id},{Visitor},2026-02-01T11:00:00Z,view,https://shop/zqxjpage,\"{{\"\"q\"\":\"\"zqxjsearch\"\"}}\"\n"
            + $"E3,,{Visitor},2026-01-30T11:00:00Z,view,https://shop/zqxjbefore,{{}}\n"
            + $"E4,{Id},{Visitor},not a time,view,https://shop/zqxjrefused,{{}}\n"),
        ("messages/mails.csv",
            "message_id,customer_id,timestamp,channel,campaign,action\n"
            + "M1,C0001,2026-02-01T10:00:00Z,email,spring,sent\n"
            + $"zqxjmessage,{Id},2026-02-01T10:00:00Z,email,spring,opened\n"
            + $"zqxjmessage2,{Id},2026-02-01T10:00:00Z,email,spring,zqxjaction\n"),
        ("tickets/desk.csv",
            "ticket_id,customer_id,timestamp,topic,text,satisfaction,status\n"
            + "T1,C0001,2026-02-01T10:00:00Z,delivery,late,3,open\n"
            + $"zqxjticket,{Id},2026-02-01T10:00:00Z,zqxjtopic,\"I am zqxj, call me\",1,open\n"),
        ("consents/words.csv",
            "customer_id,purpose,status,timestamp,source,expires,proof\n"
            + "C0001,marketing,granted,2026-02-01T10:00:00Z,web,,\n"
            + $"{Id},marketing,granted,2026-02-01T10:00:00Z,zqxjsource,,zqxjproof\n"),
        ("campaigns/spring.csv",
            "campaign_id,customer_id,timestamp,arm,cost,converted,revenue\n"
            + "spring,C0001,2026-02-01T10:00:00Z,treatment,0.5,yes,10\n"
            + $"zqxjcampaign,{Id},2026-02-01T10:00:00Z,zqxjarm,0.5,yes,77\n"),
    ];

    /// <summary>The keys by which the person may stand in a store.</summary>
    public static IReadOnlyList<string> Keys(CustomerKeyDerivation keys) =>
        [keys.Derive(CustomerKeyDerivation.DefaultNamespace, Id).ToString(), keys.Derive("anonymous", Visitor).ToString()];

    private static string Orders(string others)
    {
        var mine = Enumerable.Range(0, 12).Select(order =>
            $"ZQXJ-{order},{new DateTime(2025, 4, 1).AddDays(order * 27):yyyy-MM-dd HH:mm:ss},{Id},zqxjsku{order % 3},1,{(order == 3 ? "98765.43" : "12.50")},Zqxjland\n");
        return OrderHeader + string.Concat(mine) + $"ZQXJ-bad,2025-13-45,{Id},zqxjsku,1,5.00,Zqxjland\n" + others;
    }
}
