### What the msme bot says, in English. See `shared/en.ftl` for the attributes; said here again, a text of there is ours.

-brand = MSMEBazaar

## Questions

language =
    Namaste! 🙏 Welcome to { -brand }, the marketplace for India’s small businesses. Registering takes about two minutes.
    { -brand } में आपका स्वागत है, भारत के छोटे कारोबारों का बाज़ार। पंजीकरण में लगभग दो मिनट लगेंगे।

    Which language would you like to chat in? आप किस भाषा में बात करना चाहेंगे?
    .en = English
    .en_also = eng, angrezi
    .hi = हिन्दी
    .hi_also = hindi

full_name = What is your name? For example: Asha Patil
    .name = name
    .name_also = full name, my name

sector = Thank you, { $name }. What does your business do? Choose from the list, or write it in a word or two.
    .manufacturing = Manufacturing
    .manufacturing_also = factory, industry, production, manufacturer, manufacture, workshop, plant, fabrication, machinery, engineering works, packaging, plastics, chemicals, steel, small scale industry
    .services = Services
    .services_also = service, consulting, consultancy, consultant, agency, salon, beauty parlour, beauty parlor, parlour, travel agency, tourism, travels, courier, logistics, transport, cleaning, security, event management, repair, photography, printing, accounting, ca firm, finance, insurance, mobile repair, laundry
    .technology = Technology
    .technology_also = it, tech, it company, it services, it firm, it business, software, computer, computers, app development, apps, website, web development, digital, startup, electronics, telecom, ai, saas, internet
    .healthcare = Healthcare
    .healthcare_also = health care, health, medical, clinic, hospital, doctor, pharmacy, chemist, medical store, medical shop, medicine, medicines, dental, dentist, pathology, pathology lab, diagnostics, ayurveda, nursing home, physiotherapy, wellness, optician
    .education = Education
    .education_also = school, college, coaching, tuition, tuitions, tutor, teaching, training, institute, classes, coaching classes, coaching centre, academy, play school, library, edtech
    .agriculture = Agriculture
    .agriculture_also = farming, farm, farmer, agri, agro, dairy, dairy farm, poultry, poultry farm, fishery, fisheries, crops, seeds, fertilizer, fertiliser, horticulture, plant nursery, livestock
    .retail = Retail
    .retail_also = shop, store, kirana, kirana store, kirana shop, grocery, grocery store, grocery shop, general store, provision store, supermarket, trading, trader, traders, wholesale, wholesaler, distributor, e-commerce, ecommerce, online shop, online store, stationery, mobile shop, jewellery, jewellers, hardware store, shopkeeper
    .construction = Construction
    .construction_also = builder, builders, contractor, civil, civil work, real estate, building, building materials, cement, architect, architecture, interior, interior design, infrastructure, plumbing, property
    .food = Food & Beverage
    .food_also = food, beverage, beverages, food and beverages, f&b, restaurant, cafe, hotel, bakery, sweets, sweet shop, catering, caterer, tiffin, tiffin service, dhaba, juice, juice shop, tea stall, tea shop, snacks, food processing, cloud kitchen, drinks, namkeen, ice cream, food truck, canteen, masala, spices
    .textile = Textile
    .textile_also = textiles, garments, garment, clothes, clothing, cloth, cloth shop, clothes shop, clothing store, garment shop, textile shop, fabric, fabrics, saree, sarees, saree shop, boutique, tailor, tailoring, tailor shop, weaving, handloom, embroidery, fashion, apparel, readymade, silk, cotton, yarn, hosiery
    .automotive = Automotive
    .automotive_also = auto, automobile, automobiles, car, cars, bike, bikes, vehicle, vehicles, garage, car repair, bike repair, spare parts, auto parts, auto repair, tyre, tyres, tyre shop, showroom, car showroom, bike showroom, car wash, two wheeler, mechanic, petrol pump
    .other = Other
    .other_also = something else, others, none of these, not listed, another
    .opener = Choose a sector
    .name = sector
    .name_also = business, industry, line of business

pincode = What is the PIN code of your business? Six digits, for example 560001.
    .name = pincode
    .name_also = pin code, pin, place, area, location

pincode_sure = We do not find { $pincode } among India’s PIN codes. New ones are missing now and then. Is it right?
    .yes = Yes, it is right
    .yes_also = yes, right, correct, keep it
    .no = No, let me fix it
    .no_also = no, wrong, change

phone =
    { $own ->
        [none] Which mobile number shall we register? We will send a code to it. Ten digits, for example 98450 12345.
       *[number] Which mobile number shall we register? We will send a code to it. You are writing from { $own }: choose it below, or write another one.
    }
    .same = This number
    .same_also = same number, the same number, same, this one, use this, use this number, use this one, my number, my whatsapp number, whatsapp number, the one i write from, yes, same as this
    .name = phone
    .name_also = phone number, number, mobile, mobile number

summary =
    Please check that we have this right:

    • *Name:* { $name }
    • *Sector:* { $sector ->
        [manufacturing] { sector.manufacturing }
        [services] { sector.services }
        [technology] { sector.technology }
        [healthcare] { sector.healthcare }
        [education] { sector.education }
        [agriculture] { sector.agriculture }
        [retail] { sector.retail }
        [construction] { sector.construction }
        [food] { sector.food }
        [textile] { sector.textile }
        [automotive] { sector.automotive }
       *[other] { sector.other }
    }
    • *PIN code:* { $pincode }{ $district ->
        [none] { "" }
       *[place] {", "}{ $district }, { $state }
    }
    • *Mobile:* { $phone }

    Is everything right?
    .right = Yes, all correct
    .right_also = yes, right, correct, all right, ok, confirm
    .change = No, change it
    .change_also = no, change, change something, edit, wrong, not right

change_which = Sure. Which answer would you like to change?
    .full_name = Name
    .full_name_also = full name, my name
    .sector = Sector
    .sector_also = business, industry
    .pincode = PIN code
    .pincode_also = pincode, pin, place
    .phone = Mobile number
    .phone_also = mobile, phone, number, phone number
    .opener = Choose an answer

no_code =
    { $reason ->
        [locked] There were too many wrong codes for { $phone }, so no new one can be sent to it just now. Please try again in a while, or use another number.
       *[too_many] We have just sent a code to { $phone }, or several within the hour. A new one can be sent every 30 seconds, and at most five in an hour. Please wait a little.
    }
    .again = Try again
    .again_also = again, send code, send the code, resend, retry
    .change_number = Change the number
    .change_number_also = change number, another number, other number, wrong number, new number

code =
    Please write the six-digit code that was sent to { $phone }. Never tell it to anybody else.
    .resend = Send a new code
    .resend_also = resend, send again, new code, resend code, resend otp, send code again, no code, did not get it, i did not get it, not received, otp not received, code not received
    .change_number = Change the number
    .change_number_also = change number, another number, other number, wrong number, new number
    .name = code
    .name_also = otp

## On the way

place_is = { $pincode }: { $district }, { $state }.
number_refused = We are sorry, no code can be sent to { $phone }. Please use another mobile number.
new_code = A new code is on its way. Only the newest one counts.
no_new_code =
    { $reason ->
        [locked] There were too many wrong codes, so no new one can be sent to this number just now. Please try again in a while, or change the number.
        [bad_number] We are sorry, no code can be sent to this number. Please change the number.
       *[too_many] The last code is still on its way. A new one can be sent every 30 seconds, and at most five in an hour. Please wait a little.
    }
code_refused =
    { $reason ->
        [expired] That code is too old, or was used. Please choose *Send a new code*.
        [locked] There were too many wrong codes, so the last one does not count any more. Please choose *Send a new code*, or change the number.
       *[wrong] That is not the code we sent. Please look again: only the newest one counts, and after five wrong ones it is locked.
    }
many_codes = That was many codes, and none of them was right. Let us look at the number once more.
completed =
    { $url ->
        [none]
            🎉 Done! Your number is verified and you are registered with { -brand }.

            Logging in on the web is not open yet. Write *hi* here whenever you like, to see if it is.
       *[link]
            🎉 Done! Your number is verified and you are registered with { -brand }.

            Here is your login link. It works once, within 24 hours, and is for you alone:
            { $url }

            For another one, write *hi* here.
    }
login_again =
    { $url ->
        [none] You are registered with { -brand }. Logging in on the web is not open yet; write *hi* here whenever you like, to see if it is.
       *[link]
            Welcome back! You are registered with { -brand }. Here is your login link. It works once, within 24 hours, and is for you alone:
            { $url }
    }

## Said by every bot, better said here

help_undo =
    • *back*: undo your last answer
    • *change sector*: change one answer; also name, pincode, phone
where_we_are =
    { $stage ->
        [language] Hello! It is good to see you.
        [confirmation] Hello! Your answers are in; please look them over.
        [code] Hello! Only the code is missing.
        [completed] Hello! You are registered.
       *[answers] Hello! We are in the middle of your registration.
    }
please_wait =
    { $what ->
        [request_code] We are asking for your code. It will be there in a moment.
        [verify_code] We are just checking your code. Then we go on here.
        [backend] { system_down }
        [operator] { team_looks }
       *[other] { we_work }
    }
backend_down =
    { $what ->
        [request_code] Codes cannot be sent just now. { we_keep_trying }
        [verify_code] We cannot check your code just now. { we_keep_trying }
       *[other] { system_down }
    }
ended =
    { $how ->
       *[completed] You are registered with { -brand }, thank you. For your login link, write *hi*.
    }
