using System.Collections.Frozen;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Names of countries and large cities, which tell branches and subsidiaries of one house apart.</summary>
internal static class CompanyPlaces
{
    // What is meant and what people write, the name that is kept first.
    private const string Table = """
        de: germany,deutschland,allemagne,alemania,germania,duitsland
        fr: france,frankreich,francia,frankrijk
        gb: uk,gb,united kingdom,great britain,england,britain,grossbritannien,royaume uni,reino unido,regno unito
        us: usa,united states,united states america,etats unis,estados unidos,vereinigte staaten
        it: italy,italia,italien,italie
        es: spain,espana,spanien,espagne,spanje,spagna
        pt: portugal
        nl: netherlands,nederland,niederlande,holland,pays bas,paises bajos,paesi bassi
        be: belgium,belgie,belgique,belgien,belgica,belgio
        lu: luxembourg,luxemburg,lussemburgo
        at: austria,osterreich,oesterreich,autriche,oostenrijk
        ch: switzerland,schweiz,suisse,svizzera,suiza,zwitserland
        li: liechtenstein
        pl: poland,polska,polen,pologne,polonia
        cz: czech republic,czechia,ceska republika,tschechien
        sk: slovakia,slovensko,slowakei
        hu: hungary,magyarorszag,ungarn,hongrie,ungheria
        ro: romania,rumanien,roumanie
        bg: bulgaria,bulgarien,bulgarie
        gr: greece,griechenland,grece,hellas,grecia
        tr: turkey,turkiye,turkei,turquie,turchia
        ru: russia,rossiya,russland,russie,rusia
        ua: ukraine,ukraina
        dk: denmark,danmark,danemark,dinamarca,danimarca
        se: sweden,sverige,schweden,suede,suecia,svezia
        no: norway,norge,norwegen,norvege,noruega
        fi: finland,suomi,finnland,finlande,finlandia
        is: iceland,island
        ie: ireland,irland,irlande,irlanda
        ee: estonia,eesti
        lv: latvia,latvija
        lt: lithuania,lietuva
        hr: croatia,hrvatska,kroatien
        si: slovenia,slovenija,slowenien
        rs: serbia,srbija,serbien
        ca: canada,kanada
        mx: mexico,mexiko
        br: brazil,brasil,brasilien,bresil
        ar: argentina,argentinien
        cl: chile
        co: colombia,kolumbien
        pe: peru
        cn: china,chine
        hk: hong kong,hongkong
        tw: taiwan
        jp: japan,japon,giappone
        kr: korea,south korea
        in: india,indien,inde
        id: indonesia
        my: malaysia
        sg: singapore,singapur
        th: thailand
        vn: vietnam
        ph: philippines
        au: australia,australien,australie
        nz: new zealand,neuseeland
        za: south africa,sudafrika
        eg: egypt
        ma: morocco,maroc,marokko
        tn: tunisia,tunisie
        ng: nigeria
        ke: kenya
        ae: uae,united arab emirates,dubai,abu dhabi
        sa: saudi arabia
        il: israel
        eu: europe,europa
        asia: asia,asien,asie,asia pacific,apac
        america: america,americas,north america,latin america,latam
        africa: africa,afrika,afrique
        emea: emea
        nordic: nordic,nordics,scandinavia,skandinavien
        benelux: benelux
        iberia: iberia,iberica
        dach: dach
        munich: munich,munchen,muenchen
        cologne: cologne,koln,koeln
        vienna: vienna,wien,vienne
        zurich: zurich,zuerich
        geneva: geneva,geneve,genf
        brussels: brussels,bruxelles,brussel
        antwerp: antwerp,antwerpen,anvers
        hague: hague,haag
        milan: milan,milano,mailand
        rome: rome,roma,rom
        turin: turin,torino
        florence: florence,firenze
        naples: naples,napoli
        venice: venice,venezia
        genoa: genoa,genova
        lisbon: lisbon,lisboa,lissabon
        prague: prague,praha,prag
        warsaw: warsaw,warszawa,warschau
        copenhagen: copenhagen,kobenhavn,kopenhagen
        moscow: moscow,moskva,moskau
        seville: seville,sevilla
        athens: athens,athen,athina
        bucharest: bucharest,bucuresti
        nyc: new york,new york city,nyc
        angeles: angeles
        sanfrancisco: san francisco
        frankfurt: frankfurt,frankfurt am main,frankfurt main
        : berlin,hamburg,stuttgart,dusseldorf,dortmund,essen,leipzig,bremen,dresden,hannover,nurnberg,duisburg,bochum,bielefeld,bonn,mannheim,karlsruhe,augsburg,wiesbaden,munster,mainz,kiel,freiburg,potsdam,erfurt,rostock
        : paris,lyon,marseille,toulouse,nice,nantes,strasbourg,montpellier,bordeaux,lille,rennes,reims,grenoble,dijon,rouen,metz,nancy
        : london,manchester,birmingham,liverpool,leeds,glasgow,edinburgh,bristol,cardiff,belfast,sheffield,oxford,cambridge,southampton,nottingham
        : amsterdam,rotterdam,utrecht,eindhoven,groningen,tilburg,breda,ghent,gent,brugge,liege,charleroi,namur
        : madrid,barcelona,valencia,zaragoza,malaga,bilbao,murcia,palma,porto,braga
        : bologna,palermo,verona,bari,catania,padova,trieste,brescia,parma,modena
        : salzburg,graz,linz,innsbruck,basel,bern,lausanne,luzern,lugano,winterthur
        : krakow,gdansk,wroclaw,poznan,lodz,katowice,brno,ostrava,bratislava,budapest,sofia,zagreb,ljubljana,beograd,belgrade,tallinn,riga,vilnius
        : stockholm,goteborg,malmo,oslo,bergen,trondheim,aarhus,odense,helsinki,tampere,turku,reykjavik,dublin,cork,galway
        : istanbul,ankara,izmir,kyiv,kiev,odessa,minsk
        : chicago,houston,dallas,boston,seattle,miami,atlanta,denver,detroit,philadelphia,toronto,montreal,vancouver,calgary,ottawa
        : tokyo,osaka,beijing,shanghai,shenzhen,guangzhou,seoul,taipei,bangkok,jakarta,manila,hanoi,mumbai,delhi,bangalore,chennai,hyderabad,pune,kolkata
        : sydney,melbourne,brisbane,perth,auckland,wellington,johannesburg,durban,cairo,casablanca,tunis,lagos,nairobi
        """;

    private static readonly FrozenDictionary<string, string> Names = Read(Table);

    // "DE" and "Germany" are one country.
    private static readonly FrozenDictionary<string, string> Codes = ReadCodes(Table);

    private static readonly FrozenSet<string> Countries = ReadCountries(Table);

    /// <summary>Words in the longest name of a place.</summary>
    public static readonly int LongestName = Names.Keys.Max(name => name.Count(character => character == ' ') + 1);

    /// <summary>The name kept for a place, or null when the words (folded, one blank between) name none that is known.</summary>
    public static string? Find(string words) => Names.GetValueOrDefault(words);

    /// <summary>Whether a name that <see cref="Find"/> gave is a country or larger.</summary>
    public static bool IsCountry(string place) => Countries.Contains(place);

    /// <summary>One spelling for each country, of its name in several languages or its ISO code; an unknown one folded.</summary>
    public static string Country(string text)
    {
        var folded = TextFolding.Fold(text);
        return Names.GetValueOrDefault(folded) ?? Codes.GetValueOrDefault(folded) ?? folded;
    }

    // Their lines begin the table, down to the continents and regions.
    private static FrozenSet<string> ReadCountries(string lines) => lines[..lines.IndexOf("munich:", StringComparison.Ordinal)]
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => line.Contains(':', StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',', StringSplitOptions.TrimEntries)[0])
        .ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> ReadCodes(string lines)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon == 2)
                codes.Add(line[..colon], line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries)[0]);
        }

        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> Read(string lines)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var spellings = line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
            var kept = spellings[0];
            foreach (var name in spellings)
                names.TryAdd(name, colon == 0 ? name : kept);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
