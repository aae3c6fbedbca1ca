namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>Short and pet forms of given names: which names may be one person's.</summary>
/// <remarks>Own list, of English, French, German, Spanish, Italian and Dutch usage; a line is one name with its forms.</remarks>
internal static class Nicknames
{
    private const string Table = """
        abigail abby abbie gail
        abraham abe bram
        adelaide addie adele heidi
        adrian ade adri
        agnes aggie nessa agnese ines
        albert al bert bertie alberto beto
        alessandro alexandre alexander alejandro alessandra alexandra alejandra alex alec sandy sasha sacha sander sandro ale alek lex xander sandra alexa alexis
        alfred alf alfie fred freddy alfredo
        alice alicia ally allie
        alison allison ally ali
        amanda mandy mandi
        amelia amy millie emily
        andrew andy drew andreas andre andrea andres andries dries
        angela angie angelina angel gela
        anna anne ann annie anita anja anouk annette anneke nan nancy hannah hanna ana anni anette annika
        anthony antony tony anton antoine antonio toni ton toon antonia antoinette toine antje
        archibald archie
        arnold arnie arnaud arno
        arthur art artie arturo
        augustus gus august augustin
        barbara barb barbie babs babette bobbie
        bartholomew bart bartolomeo bartel
        beatrice beatrix bea trixie beatriz
        benjamin ben benny benji benno benoit benedikt benedict benito
        bernard bernie bernhard bernardo bernd bernardus
        bertha bertie berta
        bradley brad
        bridget bridie brigitte brigitta gitte biddy
        bruno
        calvin cal
        camille cam camila mila
        caroline carolyn carolina carrie caro karoline carol lina karolina
        catherine katherine katharine kathryn catharine cathryn catherina katharina katarina caterina catalina kate katie kathy cathy cath kat katy kit kitty kay trina karin karen kathrin katrin katja kati katrien trijntje tina cat
        cecilia cecile cissy celia silke cilla
        charles charlie chuck carlos carlo karl carl chas charley karel karol lotte charlotte
        charlotte lottie lotte charlie carlotta lotta
        christian chris christiaan christiano cristian kristian
        christine christina cristina kristina kristine chris chrissy christa tina christel kirsten kristin kerstin krista stien
        christopher chris kit christoph christophe cristobal cristoforo kris topher christoffel kristof stoffel
        clarence clary
        claudia claude claudie claudine claudio
        clement clem clemens clemente
        clifford cliff
        constance connie constanze costanza konstanze
        cornelius cornelis cor kees neil conny cornelia nelly corrie
        curtis curt kurt konrad conrad
        cynthia cindy
        daniel dan danny daniele danilo dani danielle daniela
        david dave davey davide
        deborah debbie deb debra debora
        denis dennis dionisio denise
        diana diane di dina
        dominic dom nick dominique domingo domenico dominik
        donald don donnie donny
        dorothy dot dottie dolly dora dorothea dorothee thea dorit doris
        douglas doug
        edmund ed eddie ned edmond
        edward ed eddie ted teddy ned eduardo edouard eduard edoardo edu
        eleanor ellie nell nellie nora elinor eleonora eleonore leonore lena
        elizabeth elisabeth liz lizzie beth betty bess bessie eliza elsie lisa lise liesl libby elise elsa else ilse isabel isabelle bettina elisabetta elisabet lisbeth liesbeth lies betsy bette elly lizzy sissi babette
        emanuel manuel manny emmanuel manolo manu manuela emmanuelle
        emily emma em emmy emilie emilia milly
        eric rick erich erik ricky
        ernest ernie ernst ernesto erno
        esther essie hester ester
        eugene gene eugen eugenio
        eva eve evi evelyn evita evelyne
        ferdinand ferdi fernando nando fernand
        florence flo flora flossie florent
        frances fran frankie fanny francesca francoise franziska francisca franzi cisca sisca paca
        francis frank frankie francesco francisco francois franz frans paco pancho curro franco franciscus ciccio
        frederick frederic fred freddy freddie rick friedrich federico frederik fritz fredi freek frits
        gabriel gabe gabriele gabriella gabrielle gaby gabi gabriela
        geoffrey jeffrey geoff jeff godfrey gottfried
        george georgie jorge georges georg giorgio jurgen jorg joris juergen joerg georgia georgina
        gerald gerry jerry gerhard gerard gerardo gerd gert gerrit geraldine
        gertrude trudy gertie gerda gertrud truus trudi
        gilbert gil bert gilberto
        gregory greg gregor gregoire gregorio
        grace gracie gratia graziella
        guillaume guy
        gustav gus gustave gustavo guus
        guy guido
        harold harry hal harald
        harriet hattie harry henriette jet henrietta jetje
        heather
        hector
        helen ellen nell helene helena elena lena leni nellie nelly lene elaine heleen
        henry harry hank hal henri heinrich enrico enrique heinz hendrik henk rik quique henriette hein
        herbert herb bert herbie heriberto
        hermann herman armand armando
        hubert bert hugh hugo huub uberto
        ignatius iggy ignacio ignazio nacho ignace
        irene rena irena ireen
        isaac ike zak
        isabella isabelle isabel bella belle izzy isa ysabel
        jacob jake jakob jacques jaap jack giacomo diego jacobus koos sjaak
        jacqueline jackie jacky jacquie
        james jim jimmy jamie jem santiago jaime diego giacomo jimmie
        jane janet jenny janie jeanne jeannette jean janine jana juana giovanna johanna hanne hanna joan joanna joanne jo jeanine gianna vanna
        janice jan
        jason jay jace
        jennifer jen jenny jenni
        jeremy jerry jeremiah jez jem jeremie
        jessica jess jessie jessy
        joachim jochen joaquin jochem jo gioacchino achim joakim quino
        john johnny jack jon jean hans johann johannes juan giovanni jan ian sean ivan gianni johan jo joop hannes janus jannes juanito gian nanni evan
        jonathan jon johnny nathan jonny jonas
        joseph joe joey jose josef giuseppe pepe jef jozef jo beppe sepp jupp josephus joost peppe josip
        josephine josie jo josefine josefa fina giuseppina pina giusy pepa fien
        joshua josh
        judith judy jutta judit
        julia julie juliet juliette jill julienne giulia giulietta liane jules uli
        julian jules julien julius giulio julio giuliano
        karen kari
        kenneth ken kenny
        kimberly kim kimmy kimberley
        klaus claus nikolaus nicholas nick nicolas nicola niklas nicolaas klaas nico colin nicolo niels nils nicky
        lambert bert
        laura laurie lora lauretta laure laureen
        laurence lawrence larry lars lorenz lorenzo laurent lauri lenz laurens lourens
        leonard leo len lenny leon leonardo leonhard lenard
        leopold leo poldi leopoldo
        lillian lily lili lilian lilly liliane liliana
        linda lindy
        louis lewis luis luigi ludwig lou louie lodewijk gigi ludovic lui luigino
        louise luise luisa lou lulu louisa lola
        lucas luke luca luc lukas lucien
        lucy lucia lucie lucille luzia
        madeleine madeline maddie maddy madalena magdalena lena leni magda maddalena madeleen
        manfred fred manni
        marcus mark marc marco markus marcos marcel
        margaret maggie meg peggy marge margie greta gretchen daisy margarete marguerite margarita margherita rita margot margriet grete gretel griet marga gitta madge megan peg margit margret
        maria mary marie mia mimi polly molly may mariah marian marianne marion mariana miriam mitzi ria marijke maaike mieke mariella mariette maryse marika maja maya moira maureen mariam
        martha marty marta matty
        martin marty marten maarten martino tino martina martine
        mathilde matilda tilly mathilda tilda mattie thilde
        matthew matt matthias mathieu matteo mateo matthieu mats matty mattias thijs matthijs matz mathias hias mattheus
        maurice moritz mauricio maurizio mo mauro maurits morris
        maximilian max maxime massimo maximiliano maxim massimiliano maxwell
        melanie mel melly mellie
        melissa mel missy lissa
        michael mike mick mickey michel miguel michele mitch micky mikael michal mischa michiel migue micha mihai
        michelle shelly chelle micheline michaela micaela michi
        mildred millie
        mohammed muhammad mohamed mohammad mo moh mehmet
        monica monika monique moni mona
        natalie nat nathalie natalia nattie natascha natasha tasha
        nathaniel nathan nat nate
        nicole nicky nikki nicoletta colette nicola nico nic
        norman norm
        oliver ollie olivier oli noll olivia liv livia
        oscar ossie oskar
        oswald ozzie oz
        pamela pam pammy
        patricia pat patty tricia trish patsy patrizia patti patrice
        patrick pat paddy rick patricio patrizio patric
        paul pablo paolo pauli pol pavel paulo paulus paula paulette pauline paolina
        penelope penny
        peter pete pierre pedro pietro piet petrus pieter petra peer piero perico
        philip phil phillip pip philippe felipe filippo philipp flip filip lippo
        phyllis phil
        priscilla cilla prissy
        rachel rae rachael raquel rachele shelly
        ralph rolf raoul raul ralf rudolf
        raymond ray raimund ramon raimondo mon
        rebecca becky becca rebekah reba rebekka
        reginald reg reggie rex reinhold reinaldo
        regina gina reine reggie
        renate renee rene renata nate
        ricardo richard rick dick rich richie ricky riccardo rik dickie ritchie
        robert bob bobby rob robbie bert robin roberto rupert ruprecht robby robrecht
        roberta bobbie robin
        rodney rod roddy
        roger rodge ruggero rutger rudiger
        roland orlando rolando rollo roelof
        ronald ron ronnie ronny rinaldo
        rose rosie rosa rosemary rosemarie rosalie rosalind roswitha rosina rosita roos
        roxanne roxy
        rudolf rudy rolf rudi rodolfo rodolphe ruud
        russell russ rusty
        ruth ruthie
        salvador salvatore sal salva chava toto turi
        samuel sam sammy samuele samantha
        sarah sara sally sadie zara saar
        sebastian seb bastian basti bas sebastien sebastiano bastien
        sharon shari
        sheila sheilah celia
        sidney syd sid
        simon sim simone siem simeon
        sigmund sigi siegmund sigmar siegfried
        sofia sophie sophia sofie fie zofia
        stanley stan stanislaus stanislas
        stephanie steph stefanie stefania steffi stephany fanny estefania steffie stephie
        stephen steven steve stefan stefano etienne esteban stephan stephane steffen stevie stef
        suzanne susan sue suzie susie suzy susanne susanna susana sanne suze zus sanna suzan suse
        sylvia silvia silvie sylvie sylvain
        terence terry terrance terrence
        theresa teresa terry tess tessa therese theresia tracy resi tere trees thea
        theodore ted teddy theo theodor teodoro dorus
        thomas tom tommy tomas tommaso thom maso
        timothy tim timmy timo timotheus timothee
        tobias toby tobi tobia
        ulrich uli ulli ulrike ulrico
        ursula uschi ulla orsola ursel
        valentine val valentin valentino valentina
        valerie val valeria valery
        veronica ronnie vera veronika veronique roni vroni
        victor vic vik viktor vittorio vittore
        victoria vicky vicki tori viktoria vittoria victoire vickie
        vincent vince vinny vinnie vincenzo vicente vinz vin enzo cent
        virginia ginny ginger virginie gina
        vivian viv vivien viviane vivienne
        walter walt wally wouter gualtiero wal wat
        wilhelmina wilma minna mina willy mien willemijn helma
        william bill billy will willie wilhelm guillermo guglielmo willem willi wim helmut guillaume liam wil guille memo
        winifred winnie win freda
        wolfgang wolf wolfi
        xavier javier saverio xaver xavi javi
        yolanda yoli jolanda iolanda jolande yolande
        yvonne vonnie yvette
        zachary zach zack zak zacharias
        """;

    private static readonly Dictionary<string, int[]> Groups = Table
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany((line, group) => line.Split(' ').Distinct(StringComparer.Ordinal).Select(name => (name, group)))
        .GroupBy(pair => pair.name, pair => pair.group, StringComparer.Ordinal)
        .ToDictionary(pair => pair.Key, pair => pair.Distinct().ToArray(), StringComparer.Ordinal);

    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Groups.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The lines that a folded given name stands in, in rising order; empty when in none.</summary>
    public static ReadOnlySpan<int> Of(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var groups) ? groups : [];

    /// <summary>Whether two folded given names may be one person's.</summary>
    public static bool Related(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Share(Of(left), Of(right));

    public static bool Share(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        foreach (var group in left)
        {
            if (right.Contains(group))
                return true;
        }

        return false;
    }
}
